/** Scores of bookings forecasts, as the accuracy protocol defines them, with their uncertainty by block bootstrap. */
import type {ForecastRow} from "../../loaders/forecast/backtest/forecastRow.ts";
import {crps, levelIndex, quantileSorted} from "../../loaders/forecast/numeric/quantiles.ts";
import {concernNumber, Rng} from "../../loaders/twins/random/rng.ts";

/** A forecast with its outcome: what the protocol scores. */
export type Scored = Pick<ForecastRow, "origin" | "kind" | "mean"> & {
  quantiles: Float64Array;
  actual: number;
};

export interface BookingsScore {
  n: number;
  /** Sum of absolute errors over the sum of outcomes. */
  wape: number;
  /** Sum of errors over the sum of outcomes; above 0 is over-forecasting. */
  bias: number;
  /** Twice the mean pinball loss over 5% to 95%, over the mean outcome. */
  crps: number;
  coverage80: number;
  coverage95: number;
}

export interface Interval {
  low: number;
  high: number;
}

const RESAMPLES = 2000;

/** Scores of rows as they stand. */
export function scoreBookings(rows: readonly Scored[]): BookingsScore {
  const inside = (low: number, high: number) =>
    rows.filter(
      ({actual, quantiles}) => actual >= quantiles[levelIndex(low)]! && actual <= quantiles[levelIndex(high)]!
    ).length / rows.length;
  return {
    n: rows.length,
    wape: overOutcomes(rows, absoluteError),
    bias: overOutcomes(rows, ({mean, actual}) => mean - actual),
    crps: overOutcomes(rows, crpsOf),
    coverage80: inside(0.1, 0.9),
    coverage95: inside(0.025, 0.975)
  };
}

export function absoluteError({actual, mean}: Scored): number {
  return Math.abs(actual - mean);
}

export function crpsOf({actual, quantiles}: Scored): number {
  return crps(actual, quantiles);
}

function overOutcomes(rows: readonly Scored[], of: (row: Scored) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0) / rows.reduce((sum, {actual}) => sum + actual, 0);
}

/**
 * 90% interval of a figure (errors over outcomes), or of its difference to another method's on the same windows, by a
 * moving-block bootstrap over origins: the windows of neighbouring origins overlap and err together.
 * @param block origins drawn together, at least the horizon
 * @throws {Error} when the other method lacks a window
 * @see Künsch 1989
 */
export function blockInterval(
  rows: readonly Scored[],
  loss: (row: Scored) => number,
  {block, seed, against}: {block: number; seed: number; against?: readonly Scored[]}
): Interval {
  const key = ({origin, kind}: Scored) => `${origin} ${kind}`;
  const other = new Map(against?.map((row) => [key(row), row]));
  const origins = [...new Set(rows.map(({origin}) => origin))].sort((a, b) => a - b);
  const sums = origins.map((origin) => {
    let [own, theirs, total] = [0, 0, 0];
    for (const row of rows) {
      if (row.origin !== origin) continue;
      own += loss(row);
      total += row.actual;
      if (!against) continue;
      const pair = other.get(key(row));
      if (!pair) throw new Error(`nothing to compare with at ${key(row)}`);
      theirs += loss(pair);
    }
    return {difference: own - theirs, total};
  });
  const length = Math.min(Math.ceil(origins.length / 2), Math.max(1, block));
  const rng = new Rng().seed(seed, concernNumber("blocks"));
  const draws = Float64Array.from({length: RESAMPLES}, () => {
    let [difference, total, drawn] = [0, 0, 0];
    while (drawn < sums.length) {
      const start = rng.int(sums.length - length + 1);
      for (let i = start; i < start + length && drawn < sums.length; i++, drawn++) {
        difference += sums[i]!.difference;
        total += sums[i]!.total;
      }
    }
    return difference / total;
  }).sort();
  return {low: quantileSorted(draws, 0.05), high: quantileSorted(draws, 0.95)};
}
