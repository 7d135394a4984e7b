/** The shape of a metric's definition, as the YAML under loaders/models/metrics holds it. */
export type Unit = "money" | "ratio" | "multiple" | "days" | "count";

/** Units as a definition says them. */
export const UNIT_WORDS: Record<Unit, string> = {
  money: "money, in base currency",
  ratio: "share, 0 to 100%",
  multiple: "a multiple: how many times",
  days: "days",
  count: "a number of records"
};

/** A column of a fact table that adds up. */
export interface MeasureSpec {
  fact: string;
  column: string;
  /** The day column that puts a row into a period; none: the row counts whatever the period. */
  on?: string | undefined;
  /** The column that is 1 for each record it counts, where one without a value counts too; none: records with a value. */
  of?: string | undefined;
  /** True for what stands on the as-of day: there is no such figure of an earlier day to compare with. */
  is_stock?: boolean | undefined;
  /** Why it is unknown when no row carries it, in words. */
  missing?: string | undefined;
}

export interface MetricText {
  label: string;
  unit: Unit;
  formula: string;
  caveat?: string | undefined;
  good_when?: "up" | "down" | undefined;
  /** What it belongs to, as the Playbook groups it. */
  subject?: string | undefined;
}

/** The figure is undefined when `measure` sums to 0 although `when` does not: the exports left it out. */
export interface MetricNeed {
  measure: string;
  when: string;
  reason: string;
}

/** Exactly one of sum, ratio and median. A term "-won_amount" is taken off. */
export interface MetricSpec extends MetricText {
  sum?: string | undefined;
  ratio?: {numerator: string[]; denominator: string[]} | undefined;
  median?: string | undefined;
  /** Of a median: the measure that is 1 for each deal it may take, which tells the deals where only a histogram is known. */
  of?: string | undefined;
  needs?: MetricNeed | undefined;
}

/** A figure that is worked out by a function or read from a mart of its own, not summed from measures. */
export interface DefinitionSpec extends MetricText {
  /** The file or mart that computes it. */
  computed_by: string;
  /** Other figures of the same name, and how they differ. */
  rivals?: string[] | undefined;
}

export interface MetricCatalogue {
  measures: Record<string, MeasureSpec>;
  metrics: Record<string, MetricSpec>;
  definitions: Record<string, DefinitionSpec>;
  /** Of a narrowed warehouse: what is not there may well be in the exports. */
  is_narrowed?: true;
}

/** A signed measure: "-won_amount" is {sign: -1, measure: "won_amount"}. */
export function term(text: string): {sign: 1 | -1; measure: string} {
  return text.startsWith("-") ? {sign: -1, measure: text.slice(1)} : {sign: 1, measure: text};
}

/** The names of the measures a metric reads. */
export function measuresOf({sum, ratio, median}: MetricSpec): string[] {
  const terms = ratio ? [...ratio.numerator, ...ratio.denominator] : [(sum ?? median)!];
  return terms.map((text) => term(text).measure);
}

/** Whether a ratio is a part of a whole: what it counts is among what it is divided by. */
export function isShare({ratio}: MetricSpec): boolean {
  return ratio?.numerator.every((text) => ratio.denominator.includes(text)) ?? false;
}

/** Whether a metric says how things stand on the as-of day, in whole or in part. */
export function isStock(metric: MetricSpec, {measures}: MetricCatalogue): boolean {
  return measuresOf(metric).some((name) => measures[name]?.is_stock);
}
