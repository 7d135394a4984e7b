/** Quantiles and the scores of quantile forecasts: one definition of each for models, backtest and pages. */
export {normalCdf, normalQuantile} from "../../../src/slices/normal.ts";

import {LEVELS} from "../../../src/slices/quantileLevels.ts";

export {LEVELS};

/** Index in {@link LEVELS} of a level. @throws {RangeError} when forecasts do not state that level */
export function levelIndex(level: number): number {
  const at = LEVELS.findIndex((each) => Math.abs(each - level) < 1e-9);
  if (at < 0) throw new RangeError(`forecasts state no ${level} quantile`);
  return at;
}

/**
 * Quantile of sorted values by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, R's default).
 * @param sorted ascending, finite, not empty
 * @param level 0..1
 */
export function quantileSorted(sorted: ArrayLike<number>, level: number): number {
  if (sorted.length === 0) throw new RangeError("a quantile of nothing");
  const at = (sorted.length - 1) * level;
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** Quantiles at {@link LEVELS} of unsorted draws. */
export function quantilesOf(draws: Float64Array): Float64Array {
  const sorted = draws.slice().sort();
  return Float64Array.from(LEVELS, (level) => quantileSorted(sorted, level));
}

/** Pinball loss of one quantile: `level` of the shortfall, `1 - level` of the excess. Unit of the outcome. */
export function pinball(actual: number, quantile: number, level: number): number {
  return actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
}

/**
 * Continuous ranked probability score from quantiles: twice the mean pinball loss over 5% to 95%. Unit of the outcome;
 * for a point forecast it is about the absolute error.
 * @see Gneiting & Raftery 2007, Strictly proper scoring rules
 */
export function crps(actual: number, quantiles: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 1; i < LEVELS.length - 1; i++) sum += pinball(actual, quantiles[i]!, LEVELS[i]!);
  return (2 * sum) / (LEVELS.length - 2);
}

/** Makes quantiles non-decreasing in place by sorting them (rearrangement, Chernozhukov et al. 2010); returns them. */
export function monotone(quantiles: Float64Array): Float64Array {
  return quantiles.sort();
}
