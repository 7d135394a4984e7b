/** Asks every method on every past day, each time with nothing but what was known then. */
import type {BookingsForecaster, Measure} from "../bookings/bookingsForecaster.ts";
import {dailyWon, observedFrom} from "../bookings/dailyWon.ts";
import {dealModelForecaster} from "../bookings/dealModelForecaster.ts";
import {FIELD_FORECASTERS} from "../bookings/fieldMethods.ts";
import {NAIVE_FORECASTERS} from "../bookings/naiveWindows.ts";
import {SERIES_BOOKINGS} from "../bookings/seriesWindows.ts";
import {type DealModel, fitDealModel} from "../deals/projectDeals.ts";
import {knownAt, type PipelineHistory} from "../history/pipelineHistory.ts";
import {combine} from "./combine.ts";
import type {ForecastRow} from "./forecastRow.ts";
import {targetsAt} from "./targets.ts";

export interface BacktestOptions {
  measure: Measure;
  seed: number;
  /** Days between days of asking. */
  stepDays: number;
  /** The deal model is fitted anew when the last fit is so many days old. */
  refitDays: number;
  /** Days of closings that must have been seen before the first asking. */
  warmUpDays: number;
}

export const BACKTEST_DEFAULTS: BacktestOptions = {
  measure: "amount",
  seed: 1,
  stepDays: 7,
  refitDays: 28,
  warmUpDays: 182
};

/**
 * Every method that is compared, with the deal model refitted every so many days counted from an anchor (0: for every
 * asking). The day of the fit depends on the day of asking alone, so that askings may come in any order and from anywhere.
 */
export function allForecasters(refitDays: number, anchor = 0): BookingsForecaster[] {
  let last: {model: DealModel | null; on: number} | undefined;
  const fit = (history: PipelineHistory) => {
    const on = fitDay(history.asOf, refitDays, anchor);
    if (refitDays <= 0 || last?.on !== on) last = {model: fitDealModel(knownAt(history, on)), on};
    return last.model;
  };
  return [...NAIVE_FORECASTERS, ...SERIES_BOOKINGS, ...FIELD_FORECASTERS, dealModelForecaster(fit)];
}

/** The day on which the deal model asked on a day was fitted. */
export function fitDay(day: number, refitDays: number, anchor: number): number {
  return refitDays > 0 ? day - ((((day - anchor) % refitDays) + refitDays) % refitDays) : day;
}

/** Days of asking, the last being the last day known, `stepDays` apart. */
export function originDays(history: PipelineHistory, {stepDays, warmUpDays}: BacktestOptions): number[] {
  const first = observedFrom(history) + warmUpDays;
  const days: number[] = [];
  for (let day = history.asOf; day >= first; day -= stepDays) days.unshift(day);
  return days.length > 0 ? days : [history.asOf];
}

/** All methods' forecasts on one day, with outcomes where the windows are over by the end of `history`. */
export function askOn(
  history: PipelineHistory,
  day: number,
  forecasters: readonly BookingsForecaster[],
  {measure, seed}: Pick<BacktestOptions, "measure" | "seed">
): ForecastRow[] {
  const known = knownAt(history, day);
  const won = dailyWon(history, measure);
  const targets = targetsAt(day, history.firstMonth);
  const rows: ForecastRow[] = [];
  for (const {name, family, forecast} of forecasters) {
    const answers = forecast(
      known,
      targets.map(({window}) => window),
      {measure, seed: seed + day}
    );
    answers?.forEach(({mean, quantiles}, i) => {
      const {kind, window} = targets[i]!;
      const isOver = window.to <= history.asOf;
      rows.push({
        origin: day,
        kind,
        ...window,
        method: name,
        family,
        mean,
        quantiles,
        actual: isOver ? won.between(window.from, window.to) : null
      });
    });
  }
  return rows;
}

/**
 * The whole backtest: raw rows of every day of asking (from `done` where it has them), then calibration and combination.
 * @param onDay called after each day, with its raw rows: to report and to store
 */
export function runBacktest(
  history: PipelineHistory,
  options: BacktestOptions,
  {
    done = new Map(),
    onDay
  }: {done?: ReadonlyMap<number, ForecastRow[]>; onDay?: (day: number, rows: ForecastRow[]) => void} = {}
): ForecastRow[] {
  const days = originDays(history, options);
  const forecasters = allForecasters(options.refitDays, days[0]);
  const raw: ForecastRow[] = [];
  for (const day of days) {
    const rows = done.get(day) ?? askOn(history, day, forecasters, options);
    raw.push(...rows);
    onDay?.(day, rows);
  }
  return combine(raw);
}
