/**
 * Mends a forecast by its method's own past: takes out the bias it has shown and gives its intervals the width that would
 * have held. Uses only outcomes known on the day of the forecast.
 * @see Vovk et al. 2005 (conformal prediction); Xu & Xie 2021 (for time series, from past residuals)
 */
import {LEVELS, monotone, normalQuantile, quantileSorted} from "../numeric/quantiles.ts";
import type {ForecastRow} from "./forecastRow.ts";

/** Newest forecasts that count. */
const MOST_PAST = 60;
/** So many independent outcomes weigh as much as the model's own word: it was learned from the same past already. */
const PRIOR_BIAS = 80;
const PRIOR_SHAPE = 80;
/** The word of people and of the CRM was not. */
const PRIOR_BIAS_OF_POINT = 6;
const PRIOR_SHAPE_OF_POINT = 0.5;
/** A bias is taken for at most this factor; of the word of people and of the CRM, which leaves out what is not yet in the pipeline, for more. */
const MOST_BIAS = 2;
const MOST_BIAS_OF_POINT = 10;
/** How much wider intervals are for being learned from few outcomes: the variance of a t beside a normal, about. */
const CAUTION = 2;
/** Residuals in half-widths count as at most so much: where next to nothing was said (a month's last Sunday) any outcome is infinitely far off. */
const FARTHEST = 10;
/** Least outcomes before a number without uncertainty gets any. */
const LEAST_FOR_POINT = 3;

/** How many independent outcomes a list of overlapping windows amounts to: its span over the length of a window, at most its length. */
export function independentOutcomes(past: readonly ForecastRow[]): number {
  if (past.length === 0) return 0;
  let [first, last, days] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const {origin, from, to} of past) {
    first = Math.min(first, origin);
    last = Math.max(last, to);
    days += to - from + 1;
  }
  return Math.min(past.length, (last - first) / Math.max(1, days / past.length));
}

/**
 * The forecast after calibration, without {@link cautious}: a mix of such bands is made cautious once.
 * @param past earlier forecasts of the same method and kind, with their outcomes, all known on the day of this one
 * @returns mean and quantiles; null when it states no uncertainty and there is too little past to learn one
 */
export function calibrate(
  {mean, quantiles}: Pick<ForecastRow, "mean" | "quantiles">,
  past: readonly ForecastRow[]
): {mean: number; quantiles: Float64Array} | null {
  const known = past.slice(-MOST_PAST);
  if (!quantiles && known.length < LEAST_FOR_POINT) return null;
  const n = independentOutcomes(known);
  const said = known.reduce((sum, row) => sum + row.mean, 0);
  const came = known.reduce((sum, row) => sum + row.actual!, 0);
  const most = quantiles ? MOST_BIAS : MOST_BIAS_OF_POINT;
  const ratio = said > 0 && came > 0 ? Math.min(most, Math.max(1 / most, came / said)) : 1;
  const factor = ratio ** (n / (n + (quantiles ? PRIOR_BIAS : PRIOR_BIAS_OF_POINT)));
  const typical = known.length > 0 ? came / known.length : 0;
  const halfWidth = (row: Pick<ForecastRow, "mean" | "quantiles">) =>
    row.quantiles
      ? Math.max(0.05 * row.mean + 1e-9, (row.quantiles[18]! - row.quantiles[2]!) / 2)
      : 0.25 * (row.mean + typical) + 1e-9;
  const residuals = Float64Array.from(known, (row) =>
    Math.min(FARTHEST, Math.max(-FARTHEST, (row.actual! - row.mean * factor) / (factor * halfWidth(row))))
  ).sort();
  const weight = residuals.length === 0 ? 0 : n / (n + (quantiles ? PRIOR_SHAPE : PRIOR_SHAPE_OF_POINT));
  const width = halfWidth({mean, quantiles});
  const centre = mean * factor;
  const shaped = Float64Array.from(LEVELS, (level, i) => {
    const own = quantiles ? (quantiles[i]! - mean) / width : normalQuantile(level);
    const seen = residuals.length > 0 ? widened(residuals, level, n) : own;
    return Math.max(0, centre + factor * width * (weight * seen + (1 - weight) * own));
  });
  return {mean: centre, quantiles: monotone(shaped)};
}

/**
 * A calibrated band made wider for the little that is known of it. All outcomes count, not only those that its shape is learned
 * from: a method that was asked for years is no longer a beginner.
 * @param past all earlier forecasts of the same method and kind with known outcomes
 */
export function cautious<Band extends {mean: number; quantiles: Float64Array}>(
  band: Band,
  past: readonly ForecastRow[]
): Band {
  const caution = Math.sqrt(1 + CAUTION / (independentOutcomes(past) + 2));
  const {mean, quantiles} = band;
  return {...band, quantiles: quantiles.map((value) => Math.max(0, mean + caution * (value - mean)))};
}

/** Quantile of past residuals at a level moved outwards, as (n + 1) / n of conformal prediction does. */
function widened(residuals: Float64Array, level: number, n: number): number {
  const outer = 0.5 + ((level - 0.5) * (n + 1)) / Math.max(1, n);
  const inside = Math.min(1, Math.max(0, outer));
  const value = quantileSorted(residuals, inside);
  // Beyond what was ever seen: stretch the farthest residual.
  const beyond = outer - inside;
  return value + Math.sign(beyond) * Math.min(1, Math.abs(beyond) * 4) * Math.abs(value);
}
