/**
 * A quarter's forecast cut into slices that add up to it at every quantile, by construction: a slice's part at a quantile is
 * what it brings on average on those sample paths where the whole comes in at that quantile (Euler's allocation), so parts
 * sum to the whole. What other methods and past errors change of the whole is shared in proportion.
 * @see Tasche 1999, Risk contributions and performance measurement
 */

import {PART_LEVELS, type SliceDimension, type SliceForecast} from "../../../src/slices/forecastSlices.ts";
import {concernNumber, Rng} from "../../twins/random/rng.ts";
import type {ForecastRow} from "../backtest/forecastRow.ts";
import {weekShares} from "../bookings/windowSums.ts";
import {commonStretch} from "../deals/commonStretch.ts";
import {SURELY} from "../deals/projectDeals.ts";
import type {Span} from "../history/calendar.ts";
import {closings, type PipelineHistory, WON} from "../history/pipelineHistory.ts";
import {levelIndex, quantileSorted} from "../numeric/quantiles.ts";
import {chanceWithin, type DealAsking} from "./askDeals.ts";
import {cents, places} from "./heldBy.ts";
import type {SliceCodes} from "./sliceCodes.ts";

/** Draws of single deals in one asking; paths are fewer where deals are many. */
const MOST_DRAWS = 3_000_000;
const [LEAST_PATHS, MOST_PATHS] = [200, 2_000];
/** Paths around a quantile whose mean is taken. */
const NEAR = 0.05;
/** A slice's own interval is widened by its past errors, which count as much as the model's word from so many on. */
const PRIOR_RECORD = 20;

/** Sample paths of what is still to be won in a window, by dimension: all dimensions cut the same paths. */
export interface SlicePaths {
  /** Sum of each path. */
  total: Float64Array;
  /** By slice of the dimension, row-major slices x paths. */
  parts: Float64Array;
  wonSoFar: Float64Array;
  nOpen: Float64Array;
}

/** Wins drawn in a window: the path, the open deal (-1: one that did not exist yet), the amount, and a number in 0..1 to place new ones by. */
export interface DrawnWins {
  nPaths: number;
  path: number[];
  deal: number[];
  value: number[];
  place: number[];
}

/** Draws what each path wins in a window. */
export function drawWins({day, model, projection}: DealAsking, window: Span, seed: number): DrawnWins {
  const {open, fresh, weeks} = projection;
  const nPaths = Math.round(
    Math.min(MOST_PATHS, Math.max(LEAST_PATHS, MOST_DRAWS / Math.max(1, open.length)))
  );
  const found: DrawnWins = {nPaths, path: [], deal: [], value: [], place: []};
  const keep = (path: number, deal: number, value: number, place: number) => {
    found.path.push(path);
    found.deal.push(deal);
    found.value.push(value);
    found.place.push(place);
  };
  const chances = Float64Array.from(open, (deal) => chanceWithin(deal, day, window));
  const rng = new Rng().seed(seed + day, concernNumber("slice paths"));
  const {drift} = model.outcomes;
  const {spread: stated, wonSpread} = model.amounts;
  const shares = weekShares(day, window, weeks);
  const within = (by: (h: number) => number) => shares.reduce((sum, share, h) => sum + share * by(h), 0);
  const freshWins = fresh ? within((h) => fresh.wins[h] ?? 0) : 0;
  const freshScale =
    fresh && freshWins > 0 ? within((h) => (fresh.wins[h] ?? 0) * fresh.scale[h]!) / freshWins : 1;
  const weightTotal = fresh?.weights.at(-1) ?? 0;
  for (let path = 0; path < nPaths; path++) {
    const stretch = commonStretch(drift, rng);
    // By Bernoulli's inequality a stretched chance is at most so many times the plain one: most draws need no power to be told.
    const atMost = Math.max(1, stretch);
    for (let i = 0; i < open.length; i++) {
      const draw = rng.next();
      if (draw > atMost * chances[i]! + SURELY || draw >= 1 - (1 - chances[i]!) ** stretch) continue;
      const {amount, state} = open[i]!;
      const spread = Number.isNaN(state.amount) ? wonSpread : stated;
      keep(path, i, amount * spread[rng.int(spread.length)]!, 0);
    }
    if (!fresh || !(weightTotal > 0)) continue;
    const {rateSpread} = fresh;
    const rate = stretch * Math.exp(rateSpread * rng.normal() - (rateSpread * rateSpread) / 2);
    for (let left = rng.poisson(freshWins * rate); left > 0; left--)
      keep(path, -1, freshScale * fresh.amounts[pick(fresh.weights, rng.next() * weightTotal)]!, rng.next());
  }
  return found;
}

/** The drawn wins by slice of a dimension, with what each slice has won in the period already. */
export function slicePaths(
  {day, known, projection: {open}}: DealAsking,
  codes: SliceCodes,
  {nPaths, path, deal, value, place}: DrawnWins,
  period: Span
): SlicePaths {
  const n = codes.values.length;
  const found: SlicePaths = {
    total: new Float64Array(nPaths),
    parts: new Float64Array(n * nPaths),
    wonSoFar: wonBySlice(known, codes, {from: period.from, to: day}),
    nOpen: new Float64Array(n)
  };
  const slices = Int32Array.from(open, ({state}) => codes.of(known, state.deal));
  for (const slice of slices) found.nOpen[slice]! += 1;
  const shares = deal.includes(-1) ? codes.sharesOfNew(known) : null;
  for (let i = 0; i < path.length; i++) {
    const slice = deal[i]! < 0 ? pick(shares!, place[i]!) : slices[deal[i]!]!;
    found.total[path[i]!]! += value[i]!;
    found.parts[slice * nPaths + path[i]!]! += value[i]!;
  }
  return found;
}

/** Index of the first running sum above a value. */
function pick(running: Float64Array, at: number): number {
  let low = 0;
  let high = running.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Cuts a shown forecast into slices.
 * @param stretch how much wider than the paths say the slices' own intervals are
 */
export function sliceForecast(
  paths: SlicePaths,
  codes: SliceCodes,
  shown: Pick<ForecastRow, "mean" | "quantiles">,
  stretch = 1
): SliceForecast[] {
  const n = codes.values.length;
  const nPaths = paths.total.length;
  const order = Int32Array.from(paths.total, (_, i) => i).sort((a, b) => paths.total[a]! - paths.total[b]!);
  const meanOf = (from: number, to: number) => {
    const sums = new Float64Array(n);
    for (let at = from; at < to; at++)
      for (let slice = 0; slice < n; slice++) sums[slice]! += paths.parts[slice * nPaths + order[at]!]!;
    return sums;
  };
  const whole = meanOf(0, nPaths);
  const wonSoFar = adding(paths.wonSoFar, cents(paths.wonSoFar.reduce((a, b) => a + b, 0)));
  const plusWon = (still: Float64Array, total: number) =>
    adding(still, cents(total)).map((value, i) => cents(value + wonSoFar[i]!));
  const means = plusWon(whole, shown.mean);
  const parts = PART_LEVELS.map((level) => {
    const half = (NEAR / 2) * nPaths;
    const from = Math.max(0, Math.min(nPaths - 2 * half, Math.round(level * nPaths - half)));
    const near = meanOf(Math.floor(from), Math.min(nPaths, Math.ceil(from + 2 * half)));
    // Where nothing was drawn the slices share as they do on average.
    const base = near.some((value) => value > 0) ? near : whole;
    return plusWon(base, shown.quantiles![levelIndex(level)]!);
  });
  const modelMean = whole.reduce((a, b) => a + b, 0) / nPaths;
  const scale = modelMean > 0 ? shown.mean / modelMean : 1;
  return codes.values.map((value, slice) => {
    const [low80, high80] = ownBand(
      paths.parts.subarray(slice * nPaths, (slice + 1) * nPaths),
      scale,
      stretch
    );
    return {
      value,
      n: paths.nOpen[slice]!,
      wonSoFar: wonSoFar[slice]!,
      mean: means[slice]!,
      parts: parts.map((part) => part[slice]!),
      low80: cents(wonSoFar[slice]! + low80),
      high80: cents(wonSoFar[slice]! + high80)
    };
  });
}

function ownBand(draws: Float64Array, scale: number, stretch: number): [number, number] {
  const sorted = draws.slice().sort();
  const mean = sorted.reduce((a, b) => a + b, 0) / sorted.length;
  const at = (level: number) =>
    Math.max(0, scale * (mean + stretch * (quantileSorted(sorted, level) - mean)));
  return [at(0.1), at(0.9)];
}

/** Shares a total in proportion, in cents that add up to it; equally where there is nothing to go by. */
function adding(values: Float64Array, total: number): number[] {
  const sum = values.reduce((a, b) => a + b, 0);
  const raw = Array.from(values, (value) => (sum > 0 ? (value / sum) * total : total / values.length));
  const rounded = raw.map(cents);
  const gap = Math.round(100 * (total - rounded.reduce((a, b) => a + b, 0)));
  const largest = raw.reduce((best, value, i) => (value > raw[best]! ? i : best), 0);
  rounded[largest] = cents(rounded[largest]! + gap / 100);
  return rounded;
}

/** One past asking of a dimension: its slices' forecasts and what came. */
export interface PastSlices {
  /** Last day of the quarter: its outcome is known after it. */
  to: number;
  slices: readonly SliceForecast[];
  /** How much wider their bands were made than their paths said. */
  stretch: number;
  actual: Float64Array;
  naive: Float64Array;
}

/** What each slice won in a period, as it is known at the end of a history. */
export function wonBySlice(history: PipelineHistory, codes: SliceCodes, {from, to}: Span): Float64Array {
  const {outcome, closedOn, amount} = closings(history);
  const won = new Float64Array(codes.values.length);
  for (let d = 0; d < history.nDeals; d++)
    if (outcome[d] === WON && closedOn[d]! >= from && closedOn[d]! <= to && !Number.isNaN(amount[d]!))
      won[codes.of(history, d)]! += amount[d]!;
  return won;
}

/** How much wider slices' own intervals must be to have held 80% of the time; 1 without a past. */
export function stretchOf(past: readonly PastSlices[]): number {
  const misses: number[] = [];
  for (const {slices, actual, stretch} of past)
    slices.forEach(({mean, low80, high80}, i) => {
      const side = actual[i]! >= mean ? high80 - mean : mean - low80;
      // Against what the paths said: what was widened already would hide what is needed.
      if (side > 0) misses.push((stretch * Math.abs(actual[i]! - mean)) / side);
    });
  if (misses.length === 0) return 1;
  const needed = Math.min(
    3,
    Math.max(
      0.6,
      quantileSorted(
        misses.sort((a, b) => a - b),
        0.8
      )
    )
  );
  return needed ** (misses.length / (misses.length + PRIOR_RECORD));
}

/** How the slices' intervals, each widened by what was known before it, did. */
export function recordOf(past: readonly PastSlices[]): SliceDimension["record"] {
  let [n, inside80, error, naiveError, total] = [0, 0, 0, 0, 0];
  for (const {slices, actual, naive} of past)
    slices.forEach(({mean, low80, high80}, i) => {
      n++;
      // Rounded to cents, as intervals are.
      const came = cents(actual[i]!);
      if (came >= low80 && came <= high80) inside80++;
      error += Math.abs(came - mean);
      naiveError += Math.abs(came - naive[i]!);
      total += came;
    });
  const per = (sum: number) => (total > 0 ? places(sum / total) : null);
  return {n, inside80, quarters: past.length, wape: per(error), naiveWape: per(naiveError)};
}
