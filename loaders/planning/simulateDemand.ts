/**
 * What open deals will take, as expected and in draws: a deal is won whole or not at all, so that large deals come in lumps. Chances and
 * the stretch common to all deals of a draw are those of the deal model (loaders/forecast/deals/projectDeals.ts).
 */

import {meanLines} from "../../src/slices/material/explode.ts";
import {wonIn} from "../../src/slices/material/placing.ts";
import type {Band, Lines} from "../../src/slices/material/planningData.ts";
import {commonStretch} from "../forecast/deals/commonStretch.ts";
import {SURELY} from "../forecast/deals/projectDeals.ts";
import {quantileSorted} from "../forecast/numeric/quantiles.ts";
import {concernNumber, Rng} from "../twins/random/rng.ts";
import {keptMean} from "./keptMean.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import {type Resources, type Sparse, sparse, takenBy} from "./resources.ts";

/** A stretch of weeks of winning whose demand is asked for together: from `from` to `to`, counted from 1, both included; none when `to` is less. */
export interface Weeks {
  from: number;
  to: number;
}

export interface Simulated {
  /** By resource and, within, by stretch. */
  bands: Band[][];
}

/** Draws for few deals; of many, whose sum is smoother, fewer. */
const MOST_DRAWS = 1000;
const LEAST_DRAWS = 250;
const DRAWS_TIMES_DEALS = 20_000_000;

export interface DemandInput {
  deals: readonly ChanceDeal[];
  resources: Resources;
  /** Weeks that chances cover. */
  nWeeks: number;
  /** Stretches asked of each resource. */
  stretches: readonly (readonly Weeks[])[];
  /** Spread of the stretch common to all deals: standard deviation of its logarithm. */
  drift: number;
  seed: number;
}

/** Expected demand by resource and week, row-major: the sum over deals of chance in the week times the mean of its sets of lines. */
export function expectedByWeek({
  deals,
  resources,
  nWeeks
}: Pick<DemandInput, "deals" | "resources" | "nWeeks">): Float64Array {
  const sums = new Float64Array(resources.n * nWeeks);
  for (const {won, sets} of deals) {
    if (sets.length === 0) continue;
    const taken = takenBy(meanLines(sets), resources);
    for (let week = 1; week <= nWeeks; week++) {
      const chance = wonIn(won, week);
      for (let r = 0; r < resources.n; r++) sums[r * nWeeks + week - 1]! += chance * taken[r]!;
    }
  }
  return sums;
}

/** Expected values exactly, and 10, 50 and 90% of the draws beside them. */
export function simulateDemand(input: DemandInput): Simulated {
  const {resources, nWeeks, stretches} = input;
  const means = expectedByWeek(input);
  const nDraws = Math.min(
    MOST_DRAWS,
    Math.max(LEAST_DRAWS, Math.floor(DRAWS_TIMES_DEALS / Math.max(1, input.deals.length)))
  );
  const drawn = drawDemand(input, nDraws);
  return {
    bands: Array.from({length: resources.n}, (_, r) =>
      stretches[r]!.map((weeks, i) => {
        const sorted = drawn[r]![i]!.sort();
        return {
          mean: sumOf(means, r * nWeeks, weeks),
          p10: quantileSorted(sorted, 0.1),
          p50: quantileSorted(sorted, 0.5),
          p90: quantileSorted(sorted, 0.9)
        };
      })
    )
  };
}

/** Draws by resource and stretch. */
export function drawDemand(
  {deals, resources, nWeeks, stretches, drift, seed}: DemandInput,
  nDraws: number
): Float64Array[][] {
  const rng = new Rng().seed(seed, concernNumber("demand"));
  const drawn = stretches.map((list) => list.map(() => new Float64Array(nDraws)));
  // Like deals share their sets of lines: each is exploded once.
  const known = new Map<Lines, Sparse>();
  const sparseOf = (lines: Lines) => {
    const found = known.get(lines) ?? sparse(takenBy(lines, resources));
    known.set(lines, found);
    return found;
  };
  const taken = deals.map(({sets}) => sets.map(sparseOf));
  const keptBy = keptMean(drift);
  const kept = Float64Array.from(deals, ({won}) => keptBy(won[nWeeks - 1] ?? 0));
  const byWeek = new Float64Array(resources.n * nWeeks);
  for (let draw = 0; draw < nDraws; draw++) {
    byWeek.fill(0);
    const stretch = commonStretch(drift, rng);
    for (const [i, {won}] of deals.entries()) {
      const plain = rng.next();
      const ever = won[nWeeks - 1] ?? 0;
      const power = 1 / (stretch * kept[i]!);
      const atLeast = Math.min(1, power);
      // By Bernoulli's inequality the stretched draw is at least so many times the plain one: most need no power to be told.
      if (atLeast * plain > ever + SURELY || taken[i]!.length === 0) continue;
      const at = 1 - (1 - plain) ** power;
      if (at >= ever) continue;
      let week = 0;
      while (won[week]! <= at) week++;
      const {index, amount} = taken[i]![rng.int(taken[i]!.length)]!;
      for (let k = 0; k < index.length; k++) byWeek[index[k]! * nWeeks + week]! += amount[k]!;
    }
    for (let r = 0; r < resources.n; r++)
      for (let i = 0; i < stretches[r]!.length; i++)
        drawn[r]![i]![draw] = sumOf(byWeek, r * nWeeks, stretches[r]![i]!);
  }
  return drawn;
}

/** The sum over a stretch of weeks of a row that begins at `start`. */
export function sumOf(values: Float64Array, start: number, {from, to}: Weeks): number {
  let sum = 0;
  for (let week = from; week <= to; week++) sum += values[start + week - 1]!;
  return sum;
}
