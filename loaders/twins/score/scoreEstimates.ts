/** How well estimates of planted numbers (rates, effects of partners, of reps) recover them. */
import {correlation} from "./scoreProbabilities.ts";

export interface Estimate {
  estimate: number;
  truth: number;
  /** Standard error of the estimate; null when the estimator states none. */
  standard_error: number | null;
  /** Weight of the row in rmse and bias, such as its number of deals; 1 if absent. */
  weight?: number;
}

export interface EstimateScore {
  n: number;
  /** Weighted mean of estimate minus truth. */
  bias: number;
  /** Weighted root mean square error, and that of always saying the weighted mean of the truth. */
  rmse: number;
  rmse_of_mean: number;
  /** 1 - (rmse / rmse_of_mean)²: share of the planted variance that is recovered. Null when the truth is constant. */
  skill: number | null;
  /** Spearman's rank correlation; null when a side is constant. */
  rank_correlation: number | null;
  /** Share of the rows with a standard error whose truth lies within 1.28 of them: 0.8 is right. Null without any. */
  coverage_80: number | null;
}

/** Scores estimates of planted numbers. @throws {RangeError} when there is none, or one is not finite. */
export function scoreEstimates(rows: readonly Estimate[]): EstimateScore {
  if (rows.length === 0) throw new RangeError("scoreEstimates requires at least one row");
  const bad = rows.find(({estimate, truth}) => !Number.isFinite(estimate) || !Number.isFinite(truth));
  if (bad) throw new RangeError(`an estimate is not finite: estimate ${bad.estimate}, truth ${bad.truth}`);
  const total = sum(rows, () => 1);
  const mean = sum(rows, ({truth}) => truth) / total;
  const rmse = Math.sqrt(sum(rows, ({estimate, truth}) => (estimate - truth) ** 2) / total);
  const rmseOfMean = Math.sqrt(sum(rows, ({truth}) => (truth - mean) ** 2) / total);
  const stated = rows.filter((row) => row.standard_error !== null);
  const inside = stated.filter(
    ({estimate, truth, standard_error}) => Math.abs(estimate - truth) <= 1.2816 * standard_error!
  );
  return {
    n: rows.length,
    bias: sum(rows, ({estimate, truth}) => estimate - truth) / total,
    rmse,
    rmse_of_mean: rmseOfMean,
    skill: rmseOfMean > 0 ? 1 - (rmse / rmseOfMean) ** 2 : null,
    rank_correlation: correlation(
      ranks(rows.map((row) => row.estimate)),
      ranks(rows.map((row) => row.truth))
    ),
    coverage_80: stated.length > 0 ? inside.length / stated.length : null
  };
}

function sum(rows: readonly Estimate[], of: (row: Estimate) => number): number {
  return rows.reduce((total, row) => total + (row.weight ?? 1) * of(row), 0);
}

/** Ranks from 1, ties at their mean. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const rank = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) rank[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return rank;
}
