/** The naive methods: last value, last season, mean, recent mean. Whatever forecasts must beat them to be shown. */
import {gaussianPaths} from "./gaussianPaths.ts";
import {DEFAULT_PATHS, type SeriesForecaster} from "./seriesForecaster.ts";

/** The last value, as a random walk. @see R forecast::naive */
export const naive: SeriesForecaster = seasonalWalk("naive", () => 1);

/** The value of the same place in the last season. @see R forecast::snaive */
export const seasonalNaive: SeriesForecaster = seasonalWalk("seasonal naive", (season) => season);

/** The mean of all values. Spread of a new value: s √(1 + 1/n). @see R forecast::meanf */
export const mean: SeriesForecaster = meanOfLast("mean", () => Number.POSITIVE_INFINITY);

/** The mean of the last season (at least 4 values): the run rate. Spread as of the mean of so many values. */
export const runRate: SeriesForecaster = meanOfLast("run rate", (season) => Math.max(4, season));

function seasonalWalk(name: string, lagOf: (season: number) => number): SeriesForecaster {
  const needs = (season: number) => lagOf(season) + 1;
  return {
    name,
    needs,
    forecast({y, season, horizon, seed, nPaths = DEFAULT_PATHS}) {
      const lag = lagOf(season);
      const n = y.length;
      if (n < needs(season)) return null;
      let squares = 0;
      for (let t = lag; t < n; t++) squares += (y[t]! - y[t - lag]!) ** 2;
      const sigma = Math.sqrt(squares / (n - lag));
      const mean = Float64Array.from({length: horizon}, (_, h) => y[n - lag + (h % lag)]!);
      const walked = new Float64Array(lag);
      const paths = gaussianPaths(
        {nPaths, horizon, seed, name},
        () => walked.fill(0),
        (h, shock) => {
          walked[h % lag]! += sigma * shock;
          return mean[h]! + walked[h % lag]!;
        }
      );
      return {mean, paths, nPaths};
    }
  };
}

function meanOfLast(name: string, howMany: (season: number) => number): SeriesForecaster {
  return {
    name,
    needs: () => 2,
    forecast({y, season, horizon, seed, nPaths = DEFAULT_PATHS}) {
      if (y.length < 2) return null;
      const last = y.slice(Math.max(0, y.length - howMany(season)));
      const n = last.length;
      const level = last.reduce((sum, value) => sum + value, 0) / n;
      const sigma = Math.sqrt(last.reduce((sum, value) => sum + (value - level) ** 2, 0) / (n - 1));
      let drawnLevel = level;
      let fresh = true;
      const paths = gaussianPaths(
        // The first draw of a path is the error of the level itself.
        {nPaths, horizon: horizon + 1, seed, name},
        () => {
          fresh = true;
        },
        (_, shock) => {
          if (fresh) {
            fresh = false;
            drawnLevel = level + (sigma / Math.sqrt(n)) * shock;
            return drawnLevel;
          }
          return drawnLevel + sigma * shock;
        }
      );
      return {
        mean: new Float64Array(horizon).fill(level),
        paths: dropFirst(paths, nPaths, horizon),
        nPaths
      };
    }
  };
}

function dropFirst(paths: Float64Array, nPaths: number, horizon: number): Float64Array {
  const kept = new Float64Array(nPaths * horizon);
  for (let path = 0; path < nPaths; path++)
    kept.set(paths.subarray(path * (horizon + 1) + 1, path * (horizon + 1) + 1 + horizon), path * horizon);
  return kept;
}
