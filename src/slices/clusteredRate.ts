/**
 * The interval of a win rate when customers have several deals: deals of one customer are alike, so that they say less than as
 * many deals of different ones.
 */
import type {FactTable} from "./facts.js";
import {rateInterval} from "./rateInterval.js";
import {type Filters, type Period, selectRows} from "./select.js";

/** Successes out of trials of one customer. */
export interface Cluster {
  successes: number;
  trials: number;
}

/**
 * The Wilson interval with the trials divided by the design effect: the variance of the rate between customers over what it
 * would be between deals, at least 1.
 * @returns bounds in 0..1; null for no trials
 * @see Kish (1965), Survey Sampling, section 5.4; Korn & Graubard (1998), Survey Methodology 24:193-201
 */
export function clusteredInterval(clusters: Iterable<Cluster>): {lo: number; hi: number} | null {
  const list = [...clusters].filter(({trials}) => trials > 0);
  const trials = list.reduce((sum, each) => sum + each.trials, 0);
  if (trials === 0) return null;
  const rate = list.reduce((sum, {successes}) => sum + successes, 0) / trials;
  const between = list.reduce((sum, each) => sum + (each.successes - rate * each.trials) ** 2, 0);
  const spread = trials * rate * (1 - rate);
  const effect = list.length > 1 && spread > 0 ? (between / spread) * (list.length / (list.length - 1)) : 1;
  const known = trials / Math.max(1, effect);
  return rateInterval(rate * known, known);
}

/** The closed deals of a selection, those lost to no decision left out where the rate is the narrow one. */
export function closedRows(
  deals: FactTable,
  {filters, period}: {filters: Filters; period?: Period | undefined},
  isNarrow = false
): number[] {
  const number = (name: string, row: number) => {
    const column = deals.columns[name];
    return column?.kind === "number" ? (column.values[row] ?? 0) : 0;
  };
  return selectRows(deals, filters, period, "closed_on").filter(
    (row) => number("n_won", row) + number("n_lost", row) - (isNarrow ? number("n_derailed", row) : 0) > 0
  );
}

/** The interval of won among the rows' closed deals, customer by customer; deals of no known customer each stand alone. */
export function wonInterval(deals: FactTable, rows: readonly number[]): {lo: number; hi: number} | null {
  const won = deals.columns["n_won"];
  if (won?.kind !== "number") return null;
  const account = deals.columns["account_name"];
  const clusters = new Map<number | string, Cluster>();
  for (const row of rows) {
    const key = (account?.kind === "key" ? account.codes[row] : null) ?? `alone ${row}`;
    const cluster = clusters.get(key) ?? {successes: 0, trials: 0};
    clusters.set(key, cluster);
    cluster.trials++;
    if (won.values[row] === 1) cluster.successes++;
  }
  return clusteredInterval(clusters.values());
}
