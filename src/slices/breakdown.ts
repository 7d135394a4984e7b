/** A metric for each value of a dimension, and for each period: what bars and lines are drawn from. */
import {evaluate, type Figure, type Selection} from "./evaluate.js";
import {type Facts, tableOf} from "./facts.js";
import {type MetricCatalogue, measuresOf} from "./metricSpec.js";
import {groupRows, type Period, selectRows} from "./select.js";

export interface Part extends Figure {
  key: string;
}

/** The smaller values of a dimension as one, where there are too many to send. */
export const OTHERS = "(all others)";

/** One figure for each value the dimension takes in the selection, largest first; undefined ones last. */
export function breakdown(
  key: string,
  dimension: string,
  catalogue: MetricCatalogue,
  facts: Facts,
  {filters, period}: Selection
): Part[] {
  const measure = catalogue.measures[measuresOf(catalogue.metrics[key]!)[0]!]!;
  // Cells keep a table for each dimension that is drawn by but not filtered by.
  const apart = facts[`${measure.fact} by ${dimension}`];
  const table = apart ?? tableOf(facts, measure.fact, measure.column);
  if (!table) return [];
  const from = apart ? {...facts, [measure.fact]: apart} : facts;
  const rows = selectRows(table, filters, period, measure.on);
  const values = [...groupRows(table, rows, dimension).keys()];
  return values
    .map((value) => {
      const narrowed = {filters: {...filters, [dimension]: [value]}, ...(period ? {period} : {})};
      return {key: value, ...evaluate(key, catalogue, from, narrowed)};
    })
    .filter(({value, n}) => value !== 0 || n > 0)
    .sort(
      (a, b) =>
        Number(a.key === OTHERS) - Number(b.key === OTHERS) ||
        (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY)
    );
}

/** One figure for each period. */
export function series<P extends Period>(
  key: string,
  periods: readonly P[],
  catalogue: MetricCatalogue,
  facts: Facts,
  {filters}: Selection
): (P & Figure)[] {
  return periods.map((period) => ({...period, ...evaluate(key, catalogue, facts, {filters, period})}));
}
