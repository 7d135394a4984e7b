/** What past errors of demand say of the spread that is common to all deals: the model's own was fitted on single weeks. */
import {meanLines} from "../../src/slices/material/explode.ts";
import type {Band} from "../../src/slices/material/planningData.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import {type Resources, takenBy} from "./resources.ts";

/** Fewer past errors say nothing. */
const LEAST = 3;
/** A normal's 10% and 90% lie so many standard deviations apart. */
const P10_TO_P90 = 2.5631;

/** One past window that is over: what was said of it without any widening, and what came. */
export interface PastError {
  band: Band;
  actual: number;
  /** Relative change of the expected demand for a relative change common to all chances. */
  reach: number;
}

/**
 * Standard deviation of the logarithm of a stretch of all chances that is to be added to the model's own, so that past errors are as
 * large as they were: the mean of squared relative errors less the relative variance of the draws, by how far a stretch reaches. 0 where the draws
 * spread enough, or fewer than three errors are known.
 */
export function extraSpread(past: readonly PastError[]): number {
  const known = past.filter(({band, reach}) => band.mean > 0 && reach > 0);
  if (known.length < LEAST) return 0;
  const excess = known.map(({band: {mean, p10, p90}, actual, reach}) => {
    const error = actual / mean - 1;
    const drawn = (p90 - p10) / P10_TO_P90 / mean;
    return (error * error - drawn * drawn) / (reach * reach);
  });
  return Math.sqrt(Math.max(0, excess.reduce((sum, each) => sum + each, 0) / known.length));
}

/**
 * How far a stretch of all chances moves what is expected of a resource within some weeks: a chance p becomes 1 - (1 - p)^s, which
 * changes by -(1 - p) log(1 - p) where s is 1. 1 for small chances, 0 where all is sure; 0 without demand.
 */
export function reachOf(
  deals: readonly ChanceDeal[],
  resources: Resources,
  resource: number,
  weeks: number
): number {
  let [moved, expected] = [0, 0];
  for (const {won, sets} of deals) {
    const chance = Math.min(1, won[weeks - 1] ?? 0);
    if (sets.length === 0 || chance <= 0) continue;
    const taken = takenBy(meanLines(sets), resources)[resource]!;
    expected += chance * taken;
    if (chance < 1) moved -= (1 - chance) * Math.log(1 - chance) * taken;
  }
  return expected > 0 ? moved / expected : 0;
}
