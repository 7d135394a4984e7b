/** Works out a metric over a selection. The same definitions make the SQL of the build; a test holds them equal. */
import {countOf, type Facts, type FactTable, tableOf} from "./facts.js";
import {
  isShare,
  type MeasureSpec,
  type MetricCatalogue,
  type MetricSpec,
  measuresOf,
  term
} from "./metricSpec.js";
import {type Filters, type Period, rowTest, selectRows, unanswerable} from "./select.js";

export interface Figure {
  /** In its natural unit (money in units of base currency, ratios 0 to 1, days); null when undefined. */
  value: number | null;
  /** Rows of the first measure's fact table that the figure rests on. */
  n: number;
  /** Why the value is null, in words. */
  reason?: string;
}

export interface Selection {
  filters: Filters;
  period?: Period | undefined;
}

/** One figure. @throws when the metric or a measure of it is not in the catalogue. */
export function evaluate(
  key: string,
  catalogue: MetricCatalogue,
  facts: Facts,
  selection: Selection
): Figure {
  const metric = catalogue.metrics[key];
  if (!metric) throw new Error(`no metric named ${key}`);
  const missing = missingFacts(metric, catalogue, facts, selection.filters, !!selection.period);
  if (missing) return {value: null, n: 0, reason: missing};
  if (metric.median) return medianFigure(catalogue.measures[metric.median]!, facts, selection);
  const {needs} = metric;
  const sum = (name: string) => sumOf(name, catalogue, facts, selection);
  const left = needs && sum(needs.measure).total === 0 && sum(needs.when).total > 0 ? needs.reason : null;
  if (metric.sum) {
    const {total, n} = sum(metric.sum);
    return left ? {value: null, n, reason: left} : {value: total, n};
  }
  if (left) return {value: null, n: 0, reason: left};
  return ratioFigure(metric, catalogue, facts, selection);
}

/** The rows that a metric's first measure counts, of a share all that it is a share of: what a click on the figure lists. */
export function figureRows(
  key: string,
  catalogue: MetricCatalogue,
  facts: Facts,
  selection: Selection
): number[] {
  const metric = catalogue.metrics[key]!;
  if (isShare(metric)) return sharedRows(metric, catalogue, facts, selection);
  const first = catalogue.measures[measuresOf(metric)[0]!]!;
  // The histogram of a duration stands for no deals that could be listed.
  const isHistogram = tableOf(facts, first.fact, first.column) !== facts[first.fact];
  const measure = isHistogram && metric.of ? catalogue.measures[metric.of]! : first;
  const table = tableOf(facts, measure.fact, measure.column);
  return table ? countedRows(table, measure, selection) : [];
}

/** Rows that the denominator of a share counts, but not those that a term takes off again. */
function sharedRows(
  {ratio}: MetricSpec,
  catalogue: MetricCatalogue,
  facts: Facts,
  selection: Selection
): number[] {
  const sums = new Map<number, number>();
  for (const text of ratio!.denominator) {
    const {sign, measure: name} = term(text);
    const measure = catalogue.measures[name]!;
    const table = tableOf(facts, measure.fact, measure.column);
    if (!table) continue;
    const values = numbers(table, measure.column);
    for (const row of countedRows(table, measure, selection))
      sums.set(row, (sums.get(row) ?? 0) + sign * (values[row] ?? 0));
  }
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([row]) => row)
    .sort((a, b) => a - b);
}

function ratioFigure(
  metric: MetricSpec,
  catalogue: MetricCatalogue,
  facts: Facts,
  selection: Selection
): Figure {
  const {numerator, denominator} = metric.ratio!;
  const sums = (terms: string[]) =>
    terms.reduce(
      ({total, n, isEmpty}, text) => {
        const {sign, measure} = term(text);
        const part = sumOf(measure, catalogue, facts, selection);
        return {total: total + sign * part.total, n: n + sign * part.n, isEmpty: isEmpty && part.n === 0};
      },
      {total: 0, n: 0, isEmpty: true}
    );
  const over = sums(numerator);
  const under = sums(denominator);
  // What figureRows lists: of a share all that it is a share of, else what is divided.
  const {n} = isShare(metric) ? under : over;
  if (isShare(metric) && under.total > 0 && (over.total < 0 || over.total > under.total))
    return {value: null, n, reason: "credits outweigh amounts here, so there is no share"};
  if (under.total > 0) return {value: over.total / under.total, n};
  const negative = denominator.some((text) => text.startsWith("-"));
  return {
    value: null,
    n,
    reason: negative && !under.isEmpty ? "nothing is left to reach" : "nothing to divide by in this selection"
  };
}

/** What a ratio divides, in natural units; null where the metric is no ratio. */
export function ratioParts(
  key: string,
  catalogue: MetricCatalogue,
  facts: Facts,
  selection: Selection
): {over: number; under: number} | null {
  const {ratio} = catalogue.metrics[key]!;
  if (!ratio) return null;
  const sum = (terms: readonly string[]) =>
    terms.reduce((total, text) => {
      const {sign, measure} = term(text);
      return total + sign * sumOf(measure, catalogue, facts, selection).total;
    }, 0);
  return {over: sum(ratio.numerator), under: sum(ratio.denominator)};
}

/** Cents are summed as whole numbers and divided once, so that money adds up to the cent. */
function sumOf(
  name: string,
  catalogue: MetricCatalogue,
  facts: Facts,
  selection: Selection
): {total: number; n: number} {
  const measure = catalogue.measures[name];
  if (!measure) throw new Error(`no measure named ${name}`);
  const table = tableOf(facts, measure.fact, measure.column)!;
  const rows = countedRows(table, measure, selection);
  const values = numbers(table, measure.column);
  const total = rows.reduce((sum, row) => sum + (values[row] ?? 0), 0);
  const n = countOf(table, rows);
  return {total: table.columns[measure.column]!.kind === "cents" ? total / 100 : total, n};
}

function medianFigure(measure: MeasureSpec, facts: Facts, selection: Selection): Figure {
  const table = tableOf(facts, measure.fact, measure.column)!;
  const values = numbers(table, measure.column);
  const rows = countedRows(table, measure, selection);
  if (rows.length === 0) return {value: null, n: 0, reason: "no deal in this selection has a duration"};
  return {value: medianOf(values, rows, table.weights), n: countOf(table, rows)};
}

/** The median of the records that rows stand for: a row of weight 3 is three equal values. */
function medianOf(
  values: readonly (number | null)[],
  rows: readonly number[],
  weights: readonly number[] | undefined
): number {
  if (!weights) return median(rows.map((row) => values[row]!).sort((a, b) => a - b));
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(values[row]!, (counts.get(values[row]!) ?? 0) + weights[row]!);
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const nth = (place: number) => {
    let passed = 0;
    for (const [value, count] of sorted) {
      passed += count;
      if (passed > place) return value;
    }
    return sorted.at(-1)![0];
  };
  return (nth(Math.floor((total - 1) / 2)) + nth(Math.floor(total / 2))) / 2;
}

/** What `n` deals come to; null where there are some and none of them states an amount. */
export function stated(sum: number, n: number): number | null {
  return sum === 0 && n > 0 ? null : sum;
}

/** The median of sorted values, the mean of the middle two when their number is even. */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Selected rows that carry the measure, or what it is of: a value that is neither null nor, for counts and money, zero. */
function countedRows(table: FactTable, measure: MeasureSpec, {filters, period}: Selection): number[] {
  const values = numbers(table, measure.of ?? measure.column);
  const isDuration = table.columns[measure.column]!.kind === "number" && measure.column.endsWith("_days");
  return selectRows(table, filters, period, measure.on).filter((row) => {
    const value = values[row] ?? null;
    return value !== null && (isDuration || value !== 0);
  });
}

function numbers(table: FactTable, column: string): readonly (number | null)[] {
  const found = table.columns[column];
  if (found?.kind !== "cents" && found?.kind !== "number")
    throw new Error(`${column} is not a column of numbers`);
  return found.values;
}

function missingFacts(
  metric: MetricSpec,
  catalogue: MetricCatalogue,
  facts: Facts,
  filters: Filters,
  hasPeriod: boolean
): string | undefined {
  const holder = catalogue.is_narrowed ? "this site holds" : "the exports hold";
  for (const name of measuresOf(metric)) {
    const {fact, column, missing, on, of, is_stock} = catalogue.measures[name]!;
    const table = tableOf(facts, fact, column);
    if (!table || table.n === 0) return table?.leftOut?.[column] ?? `${holder} no ${fact}`;
    if (table.leftOut?.[column]) return table.leftOut[column];
    const [first] = unanswerable(table, filters);
    if (first) return `${fact} are not known by ${first.replaceAll("_", " ")}`;
    const late = metric.ratio && LOST.includes(column) ? lateFilter(table, filters) : null;
    if (late)
      return `${lateWords(late)}: more would seem won than is. Conversion counts those that came so far`;
    if (isAllNull(numbers(table, column))) return missing ?? `${holder} no ${column.replaceAll("_", " ")}`;
    if (hasPeriod && is_stock && on && isUndated(table, on, numbers(table, of ?? column), filters))
      return `no open deal has a ${on.replace(/_on$/, " date")}`;
  }
  return undefined;
}

/** Columns that count lost deals. */
const LOST = ["n_lost", "lost_amount"];

/** A filter by what deals get as they advance, with the stages from which on; null for none. */
function lateFilter({late = {}}: FactTable, filters: Filters): {key: string; from: string[]} | null {
  const key = Object.keys(late).find((name) => (filters[name]?.length ?? 0) > 0);
  return key === undefined ? null : {key, from: late[key]!};
}

/** "Deals lost before Proposal have no product": why a share won of such a selection is not told. */
export function lateWords({key, from}: {key: string; from: readonly string[]}): string {
  const what = key.replaceAll("_", " ");
  return from.length > 0
    ? `deals lost before ${from.join(" or ")} have no ${what}`
    : `lost deals have no ${what}`;
}

/** Whether none of the selected rows that count has the day: what stands is then in no period, and not none of it in each. */
function isUndated(
  table: FactTable,
  on: string,
  counts: readonly (number | null)[],
  filters: Filters
): boolean {
  const days = table.columns[on];
  if (days?.kind !== "day") return false;
  const isSelected = rowTest(table, filters);
  let hasSome = false;
  for (let row = 0; row < table.n; row++) {
    if (!((counts[row] ?? 0) > 0 && isSelected(row))) continue;
    if (days.values[row] !== null) return false;
    hasSome = true;
  }
  return hasSome;
}

const allNull = new WeakMap<readonly (number | null)[], boolean>();

function isAllNull(values: readonly (number | null)[]): boolean {
  let known = allNull.get(values);
  if (known === undefined) {
    known = values.every((value) => value === null);
    allNull.set(values, known);
  }
  return known;
}
