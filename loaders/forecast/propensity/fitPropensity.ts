/**
 * The chance of a deal to be won, from any table of closed deals. Ridge logistic regression and boosted trees are blended
 * with weights learned on rows that neither has seen (the newest ones when rows have an order), which calibrates them
 * too; where the blend does not beat the plain rate of a segment there, it is drawn to that rate.
 */
import {concernNumber, Rng} from "../../twins/random/rng.ts";
import {type BaggedTrees, type BoostOptions, bag, baggedScore} from "./boostedTrees.ts";
import {
  type ColumnCoding,
  codeColumns,
  encode,
  type PropensityColumn,
  type PropensityRow
} from "./columns.ts";
import {
  boostingPath,
  type Coded,
  type Forest,
  fitForest,
  fitRidge,
  fitSegmentRate,
  forestScore,
  logistic,
  logLoss,
  type RidgeLogistic,
  ridgeScore,
  type SegmentRate,
  segmentScore,
  take
} from "./learners.ts";

export interface PropensityOptions {
  /**
   * A number by row that orders them in time: decisions are then made on the newest rows. Without it rows are held out
   * in five folds that keep identical rows together.
   */
  order?: ArrayLike<number>;
  seed?: number;
}

/** A fitted model: plain numbers, so that it can be stored as JSON. */
export interface PropensityModel {
  version: 1;
  columns: ColumnCoding[];
  segment: SegmentRate;
  ridge: RidgeLogistic;
  boosted: Forest;
  /** Null where there are too many rows for one to be worth its time. */
  bagged: BaggedTrees | null;
  /** Constant and weights of ridge, boosted and bagged trees in the blend's log-odds. */
  blend: number[];
  /** Weight of the blend against the segment rate, 0..1. */
  trust: number;
  /** Log-loss on held-out rows: segment rate, ridge, trees, and the model. */
  heldOut: {segment: number; ridge: number; boosted: number; bagged: number | null; model: number; n: number};
  nRows: number;
}

const RIDGES = [1, 4, 16, 64];
const SHAPES = [
  {depth: 1, leastCurvature: 2},
  {depth: 3, leastCurvature: 3}
] as const;
const BOOST: Omit<BoostOptions, "depth" | "leastCurvature" | "seed"> = {
  rounds: 400,
  learningRate: 0.05,
  penalty: 4,
  columnShare: 0.6,
  rowShare: 0.7
};
const MANY_ROWS = 20_000;
const FOLDS = 5;
const BAGGED_TREES = 200;
const LEAST_ROWS = Number(process.env["WF_LR"] ?? 3);
const CONSTANT_STRENGTH = Number(process.env["WF_CS"] ?? 1);
const WEIGHT_STRENGTH = Number(process.env["WF_WS"] ?? 15);

/**
 * Fits the model.
 * @param rows closed deals, at least 20
 * @param columns what may be used; anything known only after the outcome must not be among them
 * @param target 1 for won, 0 for lost, by row
 * @throws {RangeError} when there are too few rows or only one outcome; {Error} naming the column that cannot be fitted
 */
export function fitPropensity(
  rows: readonly PropensityRow[],
  columns: readonly PropensityColumn[],
  target: ArrayLike<number>,
  {order, seed = 1}: PropensityOptions = {}
): PropensityModel {
  const y = Float64Array.from(target);
  if (rows.length < 20 || rows.length !== y.length)
    throw new RangeError(`at least 20 rows with their outcomes, got ${rows.length} and ${y.length}`);
  const won = y.reduce((sum, value) => sum + value, 0);
  if (won === 0 || won === y.length) throw new RangeError("all rows have the same outcome");
  const codings = codeColumns(rows, columns);
  const all: Coded = {codes: encode(rows, codings), y};
  const folds = order ? newestSlices(order) : groupedFolds(all, seed);
  const held = take(
    all,
    folds.flatMap((fold) => fold.held)
  );

  const segments = [-1, ...codings.map((_, c) => c)].map((column) => {
    const scores = over(folds, all, (train, test) =>
      segmentScore(fitSegmentRate(train, column, codings[column]?.nCodes ?? 0), test.codes, test.y.length)
    );
    return {column, scores, loss: logLoss(scores, held.y)};
  });
  const segment = least(segments);
  const ridges = RIDGES.map((penalty) => {
    const scores = over(folds, all, (train, test) =>
      ridgeScore(fitRidge(train, codings, penalty), test.codes, test.y.length)
    );
    return {penalty, scores, loss: logLoss(scores, held.y)};
  });
  const ridge = least(ridges);
  const shapes = rows.length > MANY_ROWS ? SHAPES.slice(1) : SHAPES;
  const trees = least(
    shapes.map((shape) => boostShape(folds, all, codings, {...BOOST, ...shape, seed}, held.y))
  );

  const bagging = {trees: BAGGED_TREES, leastRows: LEAST_ROWS, seed};
  const bagged =
    rows.length > MANY_ROWS
      ? null
      : over(folds, all, (train, test) =>
          baggedScore(bag(train.codes, codings, train.y, bagging), test.codes, test.y.length)
        );
  const members = [ridge.scores, trees.scores, ...(bagged ? [bagged] : [])];
  const blend = fitBlend(members, held.y);
  const blended = blendScores(blend, members);
  const trust = chooseTrust(blended, segment.scores, held.y);
  const share = rows.length / (folds.reduce((sum, fold) => sum + fold.train.length, 0) / folds.length);
  return {
    version: 1,
    columns: codings,
    segment: fitSegmentRate(all, segment.column, codings[segment.column]?.nCodes ?? 0),
    ridge: fitRidge(all, codings, ridge.penalty),
    // More rows bear a few more rounds.
    boosted: fitForest(
      all,
      codings,
      {...trees.options, rounds: Math.round(trees.rounds * Math.min(1.25, Math.sqrt(share)))},
      rows.length > MANY_ROWS ? 1 : 4
    ),
    bagged: bagged ? bag(all.codes, codings, y, bagging) : null,
    blend,
    trust,
    heldOut: {
      segment: segment.loss,
      ridge: ridge.loss,
      boosted: trees.loss,
      bagged: bagged ? logLoss(bagged, held.y) : null,
      model: logLoss(mix(blended, segment.scores, trust), held.y),
      n: held.y.length
    },
    nRows: rows.length
  };
}

/** Chance of each row to be won, 0..1; missing values and words never seen before are allowed. */
export function predict(model: PropensityModel, rows: readonly PropensityRow[]): Float64Array {
  const codes = encode(rows, model.columns);
  const n = rows.length;
  const blended = blendScores(model.blend, [
    ridgeScore(model.ridge, codes, n),
    forestScore(model.boosted, codes, n),
    ...(model.bagged ? [baggedScore(model.bagged, codes, n)] : [])
  ]);
  return mix(blended, segmentScore(model.segment, codes, n), model.trust).map(logistic);
}

interface Fold {
  train: number[];
  held: number[];
}

/** The newest fifth and the fifth before it, each predicted from what is older. Rows of the same moment stay together. */
function newestSlices(order: ArrayLike<number>): Fold[] {
  const sorted = Array.from(order).sort((a, b) => a - b);
  const cut = (share: number) => sorted[Math.floor(share * sorted.length)]!;
  const fold = (from: number, to: number): Fold => {
    const rows = {train: [] as number[], held: [] as number[]};
    for (let i = 0; i < order.length; i++) {
      if (order[i]! < from) rows.train.push(i);
      else if (order[i]! < to) rows.held.push(i);
    }
    return rows;
  };
  const last = fold(cut(0.8), Number.POSITIVE_INFINITY);
  const before = fold(cut(0.6), cut(0.8));
  const slices = sorted.length > MANY_ROWS ? [last] : [before, last];
  const usable = slices.filter(({train, held}) => train.length >= 20 && held.length > 0);
  return usable.length > 0 ? usable : alternate(order.length);
}

/** Too few moments to hold back the newest: every other row. */
function alternate(n: number): Fold[] {
  const rows = Array.from({length: n}, (_, i) => i);
  return [0, 1].map((side) => ({
    train: rows.filter((i) => i % 2 !== side),
    held: rows.filter((i) => i % 2 === side)
  }));
}

/** Five folds at random; rows that look the same are in the same fold, or they would give each other away. */
function groupedFolds({codes, y}: Coded, seed: number): Fold[] {
  const rng = new Rng().seed(seed, concernNumber("folds"));
  const groups = new Map<string, number>();
  const foldOf = Array.from({length: y.length}, (_, i) => {
    const key = codes.map((column) => column[i]).join(",");
    let fold = groups.get(key);
    if (fold === undefined) {
      fold = rng.int(FOLDS);
      groups.set(key, fold);
    }
    return fold;
  });
  return Array.from({length: FOLDS}, (_, fold) => ({
    train: foldOf.flatMap((each, i) => (each === fold ? [] : [i])),
    held: foldOf.flatMap((each, i) => (each === fold ? [i] : []))
  })).filter(({train, held}) => held.length > 0 && train.length > 0);
}

/** Held-out log-odds, fold after fold. */
function over(
  folds: readonly Fold[],
  all: Coded,
  score: (train: Coded, test: Coded) => Float64Array
): Float64Array {
  const parts = folds.map(({train, held}) => score(take(all, train), take(all, held)));
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Boosting of one shape: the number of rounds with the least held-out loss over all folds together. */
function boostShape(
  folds: readonly Fold[],
  all: Coded,
  codings: readonly ColumnCoding[],
  options: BoostOptions,
  y: Float64Array
): {options: BoostOptions; rounds: number; scores: Float64Array; loss: number} {
  const paths = folds.map(({train, held}) =>
    boostingPath(take(all, train), take(all, held), codings, options)
  );
  const steps = Math.max(...paths.map(({scores}) => scores.length));
  const at = (step: number) => {
    const joined = new Float64Array(y.length);
    let start = 0;
    for (const {scores} of paths) {
      const part = scores[Math.min(step, scores.length - 1)]!;
      joined.set(part, start);
      start += part.length;
    }
    return joined;
  };
  let best = {step: 0, scores: at(0), loss: logLoss(at(0), y)};
  for (let step = 1; step < steps; step++) {
    const scores = at(step);
    const loss = logLoss(scores, y);
    if (loss < best.loss) best = {step, scores, loss};
  }
  return {options, rounds: best.step * paths[0]!.every, scores: best.scores, loss: best.loss};
}

function least<T extends {loss: number}>(found: readonly T[]): T {
  return found.reduce((best, each) => (each.loss < best.loss ? each : best));
}

/**
 * Weights of several log-odds, found on held-out rows by logistic regression drawn to equal weights: Newton steps, weights
 * kept at 0 or more. The constant is drawn to none: each member is right on the average already.
 */
function fitBlend(members: readonly Float64Array[], y: Float64Array): number[] {
  const k = members.length + 1;
  const prior = Array.from({length: k}, (_, i) => (i === 0 ? 0 : 1 / members.length));
  const strength = prior.map((_, i) => (i === 0 ? CONSTANT_STRENGTH : WEIGHT_STRENGTH));
  const beta = [...prior];
  const n = y.length;
  let middle = 0;
  for (const member of members) for (const value of member) middle += value / (n * members.length);
  for (let step = 0; step < 25; step++) {
    const gradient = prior.map((each, a) => -strength[a]! * (beta[a]! - each));
    const hessian = prior.map((_, a) => prior.map((__, b) => (a === b ? strength[a]! : 0)));
    for (let i = 0; i < n; i++) {
      const x = [1, ...members.map((member) => member[i]! - middle)];
      const p = logistic(middle + x.reduce((sum, value, a) => sum + beta[a]! * value, 0));
      for (let a = 0; a < k; a++) {
        gradient[a]! += (y[i]! - p) * x[a]!;
        for (let b = 0; b < k; b++) hessian[a]![b]! += p * (1 - p) * x[a]! * x[b]!;
      }
    }
    solve(hessian, gradient).forEach((move, a) => {
      beta[a] = a === 0 ? beta[a]! + move : Math.max(0, beta[a]! + move);
    });
  }
  // The constant with the centring taken out.
  const weights = beta.slice(1);
  return [middle + beta[0]! - weights.reduce((sum, weight) => sum + weight, 0) * middle, ...weights];
}

/** Solves a small positive definite system by elimination. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const m = matrix.map((row, i) => [...row, right[i]!]);
  for (let k = 0; k < m.length; k++)
    for (let i = 0; i < m.length; i++) {
      if (i === k) continue;
      const factor = m[i]![k]! / m[k]![k]!;
      for (let j = k; j <= m.length; j++) m[i]![j]! -= factor * m[k]![j]!;
    }
  return m.map((row, k) => row[m.length]! / row[k]!);
}

function blendScores(
  [constant, ...weights]: readonly number[],
  members: readonly Float64Array[]
): Float64Array {
  return members[0]!.map((_, i) =>
    weights.reduce((sum, weight, a) => sum + weight * members[a]![i]!, constant!)
  );
}

function mix(blended: Float64Array, segment: Float64Array, trust: number): Float64Array {
  return blended.map((value, i) => trust * value + (1 - trust) * segment[i]!);
}

/**
 * How far the blend is trusted against the segment rate. Its gain on held-out rows must be larger than its own
 * uncertainty to be trusted fully; below that the weight with the least held-out loss is taken, never under a quarter,
 * so that the order of the deals is kept.
 */
function chooseTrust(blended: Float64Array, segment: Float64Array, y: Float64Array): number {
  const gains = Float64Array.from(y, (value, i) => {
    const one = Float64Array.of(value);
    return logLoss(Float64Array.of(segment[i]!), one) - logLoss(Float64Array.of(blended[i]!), one);
  });
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)) / gains.length;
  if (mean > 2 * spread) return 1;
  const weights = [0.25, 0.5, 0.75, 1];
  const losses = weights.map((weight) => logLoss(mix(blended, segment, weight), y));
  return weights[losses.indexOf(Math.min(...losses))]!;
}
