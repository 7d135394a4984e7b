/** The learners that a propensity model mixes: a smoothed segment rate, ridge logistic regression, boosted trees. */
import {fitSparseLogistic} from "../../../src/slices/numeric/sparseLogistic.ts";
import {
  type BoostedTrees,
  type BoostOptions,
  boost,
  boostedScore,
  type Tree,
  treeValues
} from "./boostedTrees.ts";
import type {ColumnCoding} from "./columns.ts";

/** Coded rows with their outcomes. */
export interface Coded {
  codes: readonly Uint16Array[];
  y: Float64Array;
}

/** The chosen rows of coded ones. */
export function take({codes, y}: Coded, rows: readonly number[]): Coded {
  return {
    codes: codes.map((column) => Uint16Array.from(rows, (r) => column[r]!)),
    y: Float64Array.from(rows, (r) => y[r]!)
  };
}

export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

export function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** Mean of -log of the chance given to what happened; chances from log-odds. */
export function logLoss(scores: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const s = scores[i]!;
    sum += Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s))) - y[i]! * s;
  }
  return sum / Math.max(1, y.length);
}

/** The rate of one column's codes, drawn to the overall rate by twenty deals; column -1 is the overall rate alone. */
export interface SegmentRate {
  column: number;
  /** Log-odds by code, and for codes never seen. */
  byCode: Float64Array;
  overall: number;
}

const SEGMENT_PRIOR = 20;

export function fitSegmentRate({codes, y}: Coded, column: number, nCodes: number): SegmentRate {
  const won = y.reduce((sum, value) => sum + value, 0);
  const overall = (won + 0.5) / (y.length + 1);
  const sums = new Float64Array(nCodes);
  const counts = new Float64Array(nCodes);
  if (column >= 0)
    codes[column]!.forEach((code, i) => {
      sums[code]! += y[i]!;
      counts[code]! += 1;
    });
  return {
    column,
    byCode: sums.map((sum, code) => logit((sum + SEGMENT_PRIOR * overall) / (counts[code]! + SEGMENT_PRIOR))),
    overall: logit(overall)
  };
}

export function segmentScore(
  {column, byCode, overall}: SegmentRate,
  codes: readonly Uint16Array[],
  n: number
): Float64Array {
  if (column < 0) return new Float64Array(n).fill(overall);
  return Float64Array.from(codes[column]!, (code) => byCode[code] ?? overall);
}

export interface RidgeLogistic {
  coefficients: Float64Array;
  offsets: readonly number[];
}

/** Penalties of a number: on the step from a bin to the next, and on the bend of three in a row, so that it tends to a straight line. */
const STEP = 0.3;
const BEND = 40;

/** Ridge logistic regression on one indicator a code; neighbouring bins of a number are tied to each other. */
export function fitRidge(
  {codes, y}: Coded,
  codings: readonly ColumnCoding[],
  penalty: number
): RidgeLogistic {
  const {offsets, size} = layout(codings);
  const ridge = new Float64Array(size).fill(penalty);
  ridge[0] = 1e-6;
  const smooth: {a: number; b: number; weight: number}[] = [];
  const bend: {a: number; b: number; c: number; weight: number}[] = [];
  codings.forEach(({kind, nCodes}, c) => {
    if (kind === "category") return;
    for (let code = 1; code < nCodes; code++) {
      const at = offsets[c]! + code;
      ridge[at] = 0.05 * penalty;
      if (code > 1) smooth.push({a: at - 1, b: at, weight: STEP * penalty});
      if (code > 2) bend.push({a: at - 2, b: at - 1, c: at, weight: BEND * penalty});
    }
  });
  const names = [
    "constant",
    ...codings.flatMap(({name, nCodes}) => Array.from({length: nCodes}, () => `column ${name}`))
  ];
  const outcomes = Uint8Array.from(y);
  const {coefficients} = fitSparseLogistic(
    {n: y.length, width: codings.length + 1, features: indicators(codes, offsets, y.length)},
    outcomes,
    new Float64Array(y.length).fill(1),
    {ridge, smooth, bend, names}
  );
  return {coefficients, offsets};
}

function layout(codings: readonly ColumnCoding[]): {offsets: number[]; size: number} {
  let size = 1;
  const offsets = codings.map(({nCodes}) => {
    const offset = size;
    size += nCodes;
    return offset;
  });
  return {offsets, size};
}

function indicators(codes: readonly Uint16Array[], offsets: readonly number[], n: number): Int32Array {
  const width = codes.length + 1;
  const features = new Int32Array(n * width);
  for (let c = 0; c < codes.length; c++)
    for (let i = 0; i < n; i++) features[i * width + c + 1] = offsets[c]! + codes[c]![i]!;
  return features;
}

export function ridgeScore(
  {coefficients, offsets}: RidgeLogistic,
  codes: readonly Uint16Array[],
  n: number
): Float64Array {
  const score = new Float64Array(n).fill(coefficients[0]!);
  codes.forEach((column, c) => {
    for (let i = 0; i < n; i++) score[i]! += coefficients[offsets[c]! + column[i]!]!;
  });
  return score;
}

/** Boosted trees of several seeds, their log-odds averaged. */
export interface Forest {
  members: BoostedTrees[];
}

export function fitForest(
  {codes, y}: Coded,
  codings: readonly ColumnCoding[],
  options: BoostOptions,
  nMembers: number
): Forest {
  return {
    members: Array.from({length: nMembers}, (_, m) =>
      boost(codes, codings, y, {...options, seed: options.seed + m})
    )
  };
}

export function forestScore({members}: Forest, codes: readonly Uint16Array[], n: number): Float64Array {
  const score = new Float64Array(n);
  for (const member of members) {
    const own = boostedScore(member, codes, n);
    for (let i = 0; i < n; i++) score[i]! += own[i]! / members.length;
  }
  return score;
}

/**
 * Log-loss of held-out rows after each round of boosting; stops when it has not fallen for `patience` rounds.
 * @returns held-out log-odds after every tenth round, from round 0
 */
export function boostingPath(
  train: Coded,
  held: Coded,
  codings: readonly ColumnCoding[],
  options: BoostOptions,
  patience = 40
): {every: number; scores: Float64Array[]} {
  const every = 10;
  const n = held.y.length;
  const mean = train.y.reduce((sum, value) => sum + value, 0) / train.y.length;
  const running = new Float64Array(n).fill(logit((mean * train.y.length + 0.5) / (train.y.length + 1)));
  const scores = [running.slice()];
  let best = logLoss(running, held.y);
  let since = 0;
  boost(train.codes, codings, train.y, options, (tree: Tree, round) => {
    const added = treeValues(tree, held.codes, n);
    for (let i = 0; i < n; i++) running[i]! += added[i]!;
    const loss = logLoss(running, held.y);
    since = loss < best - 1e-6 ? 0 : since + 1;
    best = Math.min(best, loss);
    if ((round + 1) % every === 0) scores.push(running.slice());
    return since < patience;
  });
  return {every, scores};
}
