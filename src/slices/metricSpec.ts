/** The shape of a metric's definition, as the YAML under loaders/models/metrics holds it. */
export type Unit = "money" | "ratio" | "multiple" | "days" | "count";

/** A column of a fact table that adds up. `on` names the day column that puts a row into a period. */
export interface MeasureSpec {
  fact: string;
  column: string;
  on?: string | undefined;
}

export interface MetricText {
  label: string;
  unit: Unit;
  formula: string;
  caveat?: string | undefined;
  good_when?: "up" | "down" | undefined;
}

/** Exactly one of sum, ratio and median. A term "-won_amount" is taken off. */
export interface MetricSpec extends MetricText {
  sum?: string | undefined;
  ratio?: {numerator: string[]; denominator: string[]} | undefined;
  median?: string | undefined;
}

export interface MetricCatalogue {
  measures: Record<string, MeasureSpec>;
  metrics: Record<string, MetricSpec>;
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
