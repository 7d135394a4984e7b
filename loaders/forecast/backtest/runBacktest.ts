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

/** Every method that is compared, with the deal model refitted as the options say. */
export function allForecasters(refitDays: number): BookingsForecaster[] {
  let last: {model: DealModel | null; asOf: number} | undefined;
  const fit = (history: PipelineHistory) => {
    const age = last ? history.asOf - last.asOf : Number.POSITIVE_INFINITY;
    // A model of a later day must never be used; askings come in order, and this holds it.
    if (!last || age < 0 || age >= refitDays) last = {model: fitDealModel(history), asOf: history.asOf};
    return last.model;
  };
  return [...NAIVE_FORECASTERS, ...SERIES_BOOKINGS, ...FIELD_FORECASTERS, dealModelForecaster(fit)];
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
  const forecasters = allForecasters(options.refitDays);
  const raw: ForecastRow[] = [];
  for (const day of originDays(history, options)) {
    const rows = done.get(day) ?? askOn(history, day, forecasters, options);
    raw.push(...rows);
    onDay?.(day, rows);
  }
  return combine(raw);
}
