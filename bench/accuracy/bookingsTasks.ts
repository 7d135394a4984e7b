/** The bookings series of the accuracy protocol: every method, the combination and the shown forecast, prequentially. */

import {COMBINATION, combine, SHOWN} from "../../loaders/forecast/backtest/combine.ts";
import type {ForecastRow} from "../../loaders/forecast/backtest/forecastRow.ts";
import {allForecasters} from "../../loaders/forecast/backtest/runBacktest.ts";
import {dayOf} from "../../loaders/forecast/history/calendar.ts";
import {knownAt} from "../../loaders/forecast/history/pipelineHistory.ts";
import {LEVELS, normalQuantile} from "../../loaders/forecast/numeric/quantiles.ts";
import type {Scored} from "./bookingsMetrics.ts";
import type {BookingsSeries} from "./listed.ts";
import {mavenHistory, rowsOf} from "./publicData.ts";

/** Forecasts at the protocol's origins, by method, all for the same windows. */
export interface BookingsTask {
  /** The shown forecast, its combination, and the methods worth knowing beside them. */
  methods: ReadonlyMap<string, readonly Scored[]>;
  /** R's seasonal naive, made here by its formula: its listed figures are met to the last digit. */
  seasonalNaive: readonly Scored[];
  /** Origins that share a window: those within a horizon. */
  horizon: number;
}

const BESIDE = [SHOWN, COMBINATION, "deal by deal", "same days last quarter", "run rate"];

/** Origins before the protocol's first are asked too, so that there are past errors to learn from. */
const FIRST_WEEK = 6;
const FIRST_MONTH = 2;

/** Asks all methods about one series at the protocol's origins, each time with what was known then. */
export function bookingsTask(series: BookingsSeries): BookingsTask {
  const history = mavenHistory();
  const values = rowsOf("splits/maven_series.csv")
    .filter(([name]) => name === series)
    .map(([, , start, end, y]) => ({from: dayOf(start!), to: dayOf(end!), y: Number(y)}));
  const origins = rowsOf("splits/maven_origins.csv")
    .filter(([name]) => name === series)
    .map(([, index, steps, season]) => ({
      index: Number(index),
      horizon: Number(steps),
      season: Number(season)
    }));
  const {horizon, season} = origins[0]!;
  const isWeekly = series.includes("weekly");
  const measure = series.includes("wins") ? "wins" : "amount";
  const raw: ForecastRow[] = [];
  const reference: Scored[] = [];
  const forecasters = allForecasters(0);
  for (let index = isWeekly ? FIRST_WEEK : FIRST_MONTH; index <= origins.at(-1)!.index; index++) {
    const origin = values[index]!.to;
    const known = knownAt(history, origin);
    const windows = values.slice(index + 1, index + 1 + horizon);
    for (const {name, family, forecast} of forecasters) {
      const answers = forecast(known, windows, {measure, seed: index});
      answers?.forEach(({mean, quantiles}, step) => {
        const {from, to, y} = windows[step]!;
        raw.push({
          origin,
          kind: `step ${step + 1}`,
          from,
          to,
          method: name,
          family,
          mean,
          quantiles,
          actual: y
        });
      });
    }
    if (origins.some((each) => each.index === index))
      reference.push(
        ...seasonalNaive(
          values.slice(0, index + 1).map(({y}) => y),
          windows,
          origin,
          season
        )
      );
  }
  const protocol = new Set(origins.map(({index}) => values[index]!.to));
  const rows = combine(raw).filter(({origin}) => protocol.has(origin));
  return {
    methods: new Map(
      BESIDE.map((method) => [method, rows.filter((row) => row.method === method) as readonly Scored[]])
    ),
    seasonalNaive: reference,
    horizon
  };
}

/** R forecast::snaive: the value a season ago, variance growing by a step a season. */
function seasonalNaive(
  y: readonly number[],
  windows: readonly {y: number}[],
  origin: number,
  season: number
): Scored[] {
  const lag = Math.min(season, y.length - 1);
  const squares = y.slice(lag).map((value, i) => (value - y[i]!) ** 2);
  const sigma = Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
  return windows.map(({y: actual}, step) => {
    const mean = y[y.length - lag + (step % lag)]!;
    const spread = sigma * Math.sqrt(Math.floor(step / lag) + 1);
    return {
      origin,
      kind: `step ${step + 1}`,
      mean,
      quantiles: Float64Array.from(LEVELS, (level) => mean + spread * normalQuantile(level)),
      actual
    };
  });
}
