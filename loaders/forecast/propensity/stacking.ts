/**
 * Weights of several log-odds, found on rows that none of them has seen.
 * @see Wolpert 1992 (stacked generalization); Breiman 1996 (weights of 0 or more that sum to 1)
 */
import {logistic, logLoss} from "./learners.ts";

const STEPS = 400;

/**
 * Weights of 0 or more that sum to 1, by least log-loss of the weighted log-odds, drawn to `prior` (sums to 1) by so many rows'
 * worth of it: exponentiated gradient steps, halved when one does not improve.
 */
export function simplexWeights(
  members: readonly Float64Array[],
  y: Float64Array,
  prior: readonly number[],
  strength: number
): number[] {
  const n = y.length;
  let weights = [...prior];
  const objective = (at: readonly number[]) =>
    n * logLoss(mixed(members, at), y) -
    strength * prior.reduce((sum, share, a) => sum + share * Math.log(at[a]! + 1e-12), 0);
  let value = objective(weights);
  let rate = 4 / n;
  for (let step = 0; step < STEPS; step++) {
    const score = mixed(members, weights);
    const gradient = members.map((member, a) => {
      let sum = (-strength * prior[a]!) / (weights[a]! + 1e-12);
      for (let i = 0; i < n; i++) sum += (logistic(score[i]!) - y[i]!) * member[i]!;
      return sum;
    });
    const mean = gradient.reduce((sum, each, a) => sum + each * weights[a]!, 0);
    let better = false;
    for (let halved = 0; halved < 30 && !better; halved++, rate /= 2) {
      const raised = weights.map((weight, a) => weight * Math.exp(clamp(-rate * (gradient[a]! - mean))));
      const total = raised.reduce((sum, each) => sum + each, 0);
      const next = raised.map((each) => each / total);
      const there = objective(next);
      if (there >= value - 1e-9 * Math.abs(value)) continue;
      better = true;
      weights = next;
      value = there;
    }
    if (!better) break;
    rate *= 4;
  }
  return weights;
}

function clamp(exponent: number): number {
  return Math.max(-20, Math.min(20, exponent));
}

/** The weighted sum of log-odds, row by row. */
export function mixed(members: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(members[0]!.length);
  members.forEach((member, a) => {
    const weight = weights[a]!;
    if (weight !== 0) for (let i = 0; i < sum.length; i++) sum[i]! += weight * member[i]!;
  });
  return sum;
}

/** How much held-out log-odds must be stretched (above 1: they were too timid) about their mean; drawn to 1 by `strength`. */
export interface Stretch {
  middle: number;
  slope: number;
}

/** Newton's method on the one slope. @param strength curvature of the pull to 1: about four times so many rows at a spread of 1 */
export function fitStretch(score: Float64Array, y: Float64Array, strength: number): Stretch {
  const middle = score.reduce((sum, value) => sum + value, 0) / score.length;
  let slope = 1;
  for (let step = 0; step < 25; step++) {
    let gradient = -strength * (slope - 1);
    let curvature = strength;
    for (let i = 0; i < score.length; i++) {
      const x = score[i]! - middle;
      const p = logistic(middle + slope * x);
      gradient += (y[i]! - p) * x;
      curvature += p * (1 - p) * x * x;
    }
    const move = gradient / curvature;
    slope = Math.max(0.1, slope + move);
    if (Math.abs(move) < 1e-8) break;
  }
  return {middle, slope};
}

export function stretched({middle, slope}: Stretch, score: Float64Array): Float64Array {
  return score.map((value) => middle + slope * (value - middle));
}
