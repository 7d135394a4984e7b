/**
 * The Theta method: simple exponential smoothing with half the slope of a straight line as drift; a seasonal series is
 * divided by its classical multiplicative indices first.
 * @see Assimakopoulos & Nikolopoulos 2000; Hyndman & Billah 2003; R forecast::thetaf, which this follows
 */
import {normalQuantile} from "../numeric/quantiles.ts";
import {etsMean, fitEts} from "./ets.ts";
import {gaussianPaths} from "./gaussianPaths.ts";
import {DEFAULT_PATHS, type SeriesForecaster} from "./seriesForecaster.ts";

/** Theta, seasonal when the autocorrelation at the season is significant at 10%. */
export const theta: SeriesForecaster = {
  name: "theta",
  needs: () => 4,
  forecast({y, season, horizon, seed, nPaths = DEFAULT_PATHS}) {
    if (y.length < 4) return null;
    const indices = isSeasonal(y, season) ? seasonalIndices(y, season) : null;
    const n = y.length;
    const plain = indices ? y.map((value, t) => value / indices[t % season]!) : y;
    const fit = fitEts(plain, 1, {trend: "none", season: false});
    const drift = slope(plain) / 2;
    const {alpha} = fit;
    const level = etsMean(fit, 1, 1)[0]!;
    const index = (h: number) => (indices ? indices[(n + h) % season]! : 1);
    const mean = Float64Array.from(
      {length: horizon},
      (_, h) => (level + drift * (h + (1 - (1 - alpha) ** n) / alpha)) * index(h)
    );
    const sigma = Math.sqrt(fit.sse / Math.max(1, n - 2));
    let walked = 0;
    const paths = gaussianPaths(
      {nPaths, horizon, seed, name: "theta"},
      () => {
        walked = 0;
      },
      (h, shock) => {
        const value = mean[h]! + (walked + sigma * shock) * index(h);
        walked += alpha * sigma * shock;
        return value;
      }
    );
    return {mean, paths, nPaths};
  }
};

function slope(y: Float64Array): number {
  const n = y.length;
  const middle = (n - 1) / 2;
  let above = 0;
  let below = 0;
  for (let t = 0; t < n; t++) {
    above += (t - middle) * y[t]!;
    below += (t - middle) ** 2;
  }
  return above / below;
}

function isSeasonal(y: Float64Array, season: number): boolean {
  const n = y.length;
  if (season < 2 || n <= 2 * season || y.some((value) => value <= 0)) return false;
  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  const autocovariance = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (y[t]! - mean) * (y[t - lag]! - mean);
    return sum;
  };
  const variance = autocovariance(0);
  if (variance <= 0) return false;
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += (autocovariance(lag) / variance) ** 2;
  const spread = Math.sqrt((1 + 2 * squares) / n);
  return Math.abs(autocovariance(season) / variance) / spread > normalQuantile(0.95);
}

/** Classical multiplicative decomposition: ratios to a centred moving average, averaged by place, of mean 1. */
function seasonalIndices(y: Float64Array, season: number): Float64Array {
  const n = y.length;
  const half = Math.floor(season / 2);
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let t = half; t < n - half; t++) {
    let average = 0;
    for (let k = -half; k <= half; k++)
      average += y[t + k]! * (season % 2 === 0 && Math.abs(k) === half ? 0.5 : 1);
    average /= season;
    sums[t % season]! += y[t]! / average;
    counts[t % season]! += 1;
  }
  const indices = sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : 1));
  const mean = indices.reduce((sum, value) => sum + value, 0) / season;
  return indices.map((value) => Math.max(1e-6, value / mean));
}
