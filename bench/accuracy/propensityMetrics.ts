/** Scores of predicted chances, as the accuracy protocol defines them. */
import {concernNumber, Rng} from "../../loaders/twins/random/rng.ts";

export interface PropensityScore {
  n: number;
  auc: number;
  logLoss: number;
  brier: number;
  ece: number;
}

/** AUC with ties as half, log-loss and Brier with chances clipped to [1e-6, 1 - 1e-6], ECE of ten equal bins. */
export function scoreChances(chances: ArrayLike<number>, outcomes: ArrayLike<number>): PropensityScore {
  const n = chances.length;
  let logLoss = 0;
  let brier = 0;
  const bins = Array.from({length: 10}, () => ({said: 0, came: 0}));
  for (let i = 0; i < n; i++) {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, chances[i]!));
    const y = outcomes[i]!;
    logLoss -= y === 1 ? Math.log(p) : Math.log(1 - p);
    brier += (p - y) ** 2;
    const bin = bins[Math.min(9, Math.floor(p * 10))]!;
    bin.said += p;
    bin.came += y;
  }
  const ece = bins.reduce((sum, {said, came}) => sum + Math.abs(said - came), 0) / n;
  return {n, auc: auc(chances, outcomes), logLoss: logLoss / n, brier: brier / n, ece};
}

/**
 * Standard deviation of AUC and log-loss when other deals had been drawn: bootstrap of whole deals, because one that is open
 * at several month ends errs alike at each.
 * @param deals by row, the deal it is of
 */
export function bootstrapSd(
  chances: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  deals: readonly string[],
  {resamples = 200, seed = 1}: {resamples?: number; seed?: number} = {}
): {auc: number; logLoss: number} {
  const rowsOf = new Map<string, number[]>();
  deals.forEach((deal, i) => {
    const rows = rowsOf.get(deal);
    if (rows) rows.push(i);
    else rowsOf.set(deal, [i]);
  });
  const groups = [...rowsOf.values()];
  const rng = new Rng().seed(seed, concernNumber("bootstrap"));
  const draws = Array.from({length: resamples}, () => {
    const rows = groups.flatMap(() => groups[rng.int(groups.length)]!);
    return scoreChances(
      rows.map((i) => chances[i]!),
      rows.map((i) => outcomes[i]!)
    );
  });
  return {auc: sdOf(draws.map(({auc}) => auc)), logLoss: sdOf(draws.map(({logLoss}) => logLoss))};
}

/** Standard deviation with n - 1; 0 of a single value. */
export function sdOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}

function auc(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  const order = Array.from({length: chances.length}, (_, i) => i).sort((a, b) => chances[a]! - chances[b]!);
  let ranks = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && chances[order[j + 1]!] === chances[order[i]!]) j++;
    for (let k = i; k <= j; k++)
      if (outcomes[order[k]!] === 1) {
        ranks += (i + j) / 2 + 1;
        positives++;
      }
    i = j + 1;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}
