/** From sample paths over weeks to distributions of windows. */
import type {Span} from "../history/calendar.ts";
import {quantilesOf} from "../numeric/quantiles.ts";
import type {WindowForecast} from "./bookingsForecaster.ts";

/** Weeks after `asOf` that the windows reach into. */
export function weeksAhead(asOf: number, windows: readonly Span[]): number {
  return Math.max(1, ...windows.map(({to}) => Math.ceil((to - asOf) / 7)));
}

/** The share of each week after `asOf` that lies in a window, 0..1. Week h has the days asOf + 7h + 1 to asOf + 7h + 7. */
export function weekShares(asOf: number, {from, to}: Span, weeks: number): Float64Array {
  return Float64Array.from({length: weeks}, (_, h) => {
    const first = asOf + 7 * h + 1;
    const days = Math.min(to, first + 6) - Math.max(from, first) + 1;
    return Math.max(0, days) / 7;
  });
}

/**
 * Distribution of each window from weekly paths; a week cut by a window's edge counts by its share of days.
 * @param paths row-major, nPaths x weeks; negative sums count as 0
 * @param mean expected value of each week, or null to take the paths' own mean
 */
export function windowsOfPaths(
  asOf: number,
  windows: readonly Span[],
  {paths, weeks, mean}: {paths: Float64Array; weeks: number; mean: Float64Array | null}
): WindowForecast[] {
  const nPaths = paths.length / weeks;
  return windows.map((window) => {
    const shares = weekShares(asOf, window, weeks);
    const sums = new Float64Array(nPaths);
    for (let path = 0; path < nPaths; path++) {
      let sum = 0;
      for (let h = 0; h < weeks; h++) sum += shares[h]! * paths[path * weeks + h]!;
      sums[path] = Math.max(0, sum);
    }
    const expected = mean
      ? mean.reduce((sum, value, h) => sum + shares[h]! * value, 0)
      : sums.reduce((sum, value) => sum + value, 0) / nPaths;
    return {mean: Math.max(0, expected), quantiles: quantilesOf(sums)};
  });
}
