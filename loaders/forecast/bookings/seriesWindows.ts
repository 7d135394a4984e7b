/** Exponential smoothing and Theta on the weeks that end on the last day known. */
import {ets} from "../series/ets.ts";
import type {SeriesForecaster} from "../series/seriesForecaster.ts";
import {theta} from "../series/theta.ts";
import type {BookingsForecaster} from "./bookingsForecaster.ts";
import {blocksBack, dailyWon, observedFrom} from "./dailyWon.ts";
import {weeksAhead, windowsOfPaths} from "./windowSums.ts";

const WEEKS_IN_QUARTER = 13;
const MOST_WEEKS = 104;

/** Carries a series method to windows of days. */
export function overWeeks(method: SeriesForecaster): BookingsForecaster {
  return {
    name: method.name,
    family: "series",
    forecast(history, windows, {measure, seed}) {
      const y = blocksBack(dailyWon(history, measure), observedFrom(history), 7).slice(-MOST_WEEKS);
      const weeks = weeksAhead(history.asOf, windows);
      if (y.length < 8) return null;
      const forecast = method.forecast({y, season: WEEKS_IN_QUARTER, horizon: weeks, seed, nPaths: 500});
      if (!forecast) return null;
      return windowsOfPaths(history.asOf, windows, {paths: forecast.paths, weeks, mean: forecast.mean});
    }
  };
}

export const SERIES_BOOKINGS: readonly BookingsForecaster[] = [overWeeks(ets), overWeeks(theta)];
