/** A metric for each value of a dimension, and for each period: what bars and lines are drawn from. */
import {evaluate, type Figure, type Selection} from "./evaluate.js";
import type {Facts} from "./facts.js";
import {type MetricCatalogue, measuresOf} from "./metricSpec.js";
import {groupRows, type Period, selectRows} from "./select.js";

export interface Part extends Figure {
  key: string;
}

/** One figure for each value the dimension takes in the selection, largest first; undefined ones last. */
export function breakdown(
  key: string,
  dimension: string,
  catalogue: MetricCatalogue,
  facts: Facts,
  {filters, period}: Selection
): Part[] {
  const measure = catalogue.measures[measuresOf(catalogue.metrics[key]!)[0]!]!;
  const table = facts[measure.fact];
  if (!table) return [];
  const rows = selectRows(table, filters, period, measure.on);
  const values = [...groupRows(table, rows, dimension).keys()];
  return values
    .map((value) => {
      const narrowed = {filters: {...filters, [dimension]: [value]}, ...(period ? {period} : {})};
      return {key: value, ...evaluate(key, catalogue, facts, narrowed)};
    })
    .sort((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY));
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
