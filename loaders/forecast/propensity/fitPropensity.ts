/**
 * The chance of a deal to be won, from any table of closed deals. Ridge logistic regression, boosted trees, a random forest and
 * the plain rate of a segment are mixed by weights learned on rows that none of them has seen: where nothing can be learned, the
 * plain rate is what is left. Rows that have an order in time are held out in blocks of time, others at random.
 */
import {type BaggedTrees, type BoostOptions, bag, baggedScore} from "./boostedTrees.ts";
import {
  type ColumnCoding,
  codeColumns,
  encode,
  type PropensityColumn,
  type PropensityRow
} from "./columns.ts";
import {type Fold, groupedFolds, timeBlocks} from "./folds.ts";
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
import {fitStretch, mixed, type Stretch, simplexWeights, stretched} from "./stacking.ts";

export interface PropensityOptions {
  /** A number by row that orders them in time: what is learned is then judged at other times than it was learned at. */
  order?: ArrayLike<number>;
  seed?: number;
}

/** A fitted model: numbers and typed arrays. */
export interface PropensityModel {
  version: 2;
  columns: ColumnCoding[];
  segment: SegmentRate;
  ridge: RidgeLogistic;
  boosted: Forest;
  bagged: BaggedTrees;
  /** Shares of ridge, boosted trees, bagged trees and segment rate in the log-odds; they sum to 1. */
  weights: number[];
  stretch: Stretch;
  /** Log-loss on held-out rows: overall rate, segment rate, ridge, both kinds of trees, and the mix. */
  heldOut: {
    rate: number;
    segment: number;
    ridge: number;
    boosted: number;
    bagged: number;
    model: number;
    n: number;
  };
  nRows: number;
}

const RIDGES = [1, 4, 16, 64];
const RIDGES_OF_MANY = [2, 16];
const BOOST: Omit<BoostOptions, "depth" | "leastCurvature" | "seed"> = {
  rounds: 400,
  learningRate: 0.05,
  penalty: 4,
  columnShare: 0.6,
  rowShare: 0.7
};
/** Shapes of trees that are tried, by how many rows there are. */
const SHAPES_OF_FEW = [
  {depth: 1, leastCurvature: 2},
  {depth: 3, leastCurvature: 3}
];
const SHAPES_OF_SOME = [
  {depth: 3, leastCurvature: 3},
  {depth: 5, leastCurvature: 5}
];
const SHAPES_OF_MANY = [{depth: 5, leastCurvature: 10, learningRate: 0.1, rounds: 200}];
const SOME_ROWS = 2_000;
/** Above this one fold is held out, and trees are fewer. */
const MANY_ROWS = 20_000;
const LEAST_ROWS = 20;
const BAGGING = {trees: 200, leastRows: 3, mostRows: MANY_ROWS};
/** Shares before anything is seen, and how many rows they are worth. */
const PRIOR_SHARES = [0.3, 0.3, 0.3, 0.1];
const PRIOR_ROWS = 6;
const STRETCH_STRENGTH = 15;

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
  if (rows.length < LEAST_ROWS || rows.length !== y.length)
    throw new RangeError(`at least 20 rows with their outcomes, got ${rows.length} and ${y.length}`);
  const odd = y.find((value) => value !== 0 && value !== 1);
  if (odd !== undefined) throw new RangeError(`outcomes are 1 (won) or 0 (lost), got ${odd}`);
  const won = y.reduce((sum, value) => sum + value, 0);
  if (won === 0 || won === y.length) throw new RangeError("all rows have the same outcome");
  if (columns.length === 0) throw new RangeError("no column to learn from");
  const codings = codeColumns(rows, columns);
  const all: Coded = {codes: encode(rows, codings), y};
  const isMany = rows.length > MANY_ROWS;
  const every = (order && timeBlocks(order, y)) ?? groupedFolds(all, seed);
  const folds = isMany ? every.slice(-1) : every;
  const found = heldOutMembers(folds, all, codings, seed);
  const {ridge, boosted, bagged, segment, held} = found;
  const members = [ridge.scores, boosted.scores, bagged.scores, segment.scores];
  const weights = simplexWeights(members, held.y, PRIOR_SHARES, PRIOR_ROWS);
  const mix = mixed(members, weights);
  const stretch = fitStretch(mix, held.y, STRETCH_STRENGTH);
  const share = rows.length / (folds.reduce((sum, fold) => sum + fold.train.length, 0) / folds.length);
  return {
    version: 2,
    columns: codings,
    segment: fitSegmentRate(all, segment.column, codings[segment.column]?.nCodes ?? 0),
    ridge: fitRidge(all, codings, ridge.penalty),
    // More rows bear a few more rounds.
    boosted: fitForest(
      all,
      codings,
      {...boosted.options, rounds: Math.round(boosted.rounds * Math.min(1.25, Math.sqrt(share)))},
      isMany ? 1 : 4
    ),
    bagged: bag(all.codes, codings, y, {...bagging(rows.length), seed}),
    weights,
    stretch,
    heldOut: {
      rate: found.rate,
      segment: segment.loss,
      ridge: ridge.loss,
      boosted: boosted.loss,
      bagged: bagged.loss,
      model: logLoss(stretched(stretch, mix), held.y),
      n: held.y.length
    },
    nRows: rows.length
  };
}

/** Chance of each row to be won, 0..1; missing values and words never seen before are allowed. */
export function predict(model: PropensityModel, rows: readonly PropensityRow[]): Float64Array {
  const codes = encode(rows, model.columns);
  const n = rows.length;
  const members = [
    ridgeScore(model.ridge, codes, n),
    forestScore(model.boosted, codes, n),
    baggedScore(model.bagged, codes, n),
    segmentScore(model.segment, codes, n)
  ];
  return stretched(model.stretch, mixed(members, model.weights)).map(logistic);
}

/** Each learner with the setting that did best on held-out rows, and what it said of them. */
function heldOutMembers(folds: readonly Fold[], all: Coded, codings: readonly ColumnCoding[], seed: number) {
  const held = take(
    all,
    folds.flatMap((fold) => fold.held)
  );
  const parts = folds.map(({train, held: out}) => ({train: take(all, train), test: take(all, out)}));
  const judged = <T>(settings: T, score: (train: Coded, test: Coded) => Float64Array) => {
    const scores = joined(parts.map(({train, test}) => score(train, test)));
    return {...settings, scores, loss: logLoss(scores, held.y)};
  };
  const segments = [-1, ...codings.map((_, c) => c)].map((column) =>
    judged({column}, (train, test) =>
      segmentScore(fitSegmentRate(train, column, codings[column]?.nCodes ?? 0), test.codes, test.y.length)
    )
  );
  const ridges = (all.y.length > MANY_ROWS ? RIDGES_OF_MANY : RIDGES).map((penalty) =>
    judged({penalty}, (train, test) =>
      ridgeScore(fitRidge(train, codings, penalty), test.codes, test.y.length)
    )
  );
  const n = all.y.length;
  const shapes = n > MANY_ROWS ? SHAPES_OF_MANY : n > SOME_ROWS ? SHAPES_OF_SOME : SHAPES_OF_FEW;
  const boosted = shapes.map((shape) => boostShape(parts, codings, {...BOOST, ...shape, seed}, held.y));
  const bagged = judged({}, (train, test) =>
    baggedScore(
      bag(train.codes, codings, train.y, {...bagging(train.y.length), seed}),
      test.codes,
      test.y.length
    )
  );
  return {
    held,
    rate: segments[0]!.loss,
    segment: least(segments),
    ridge: least(ridges),
    boosted: least(boosted),
    bagged
  };
}

/** A forest of many rows has fewer trees, each of at most so many rows. */
function bagging(n: number) {
  return n > MANY_ROWS ? {...BAGGING, trees: 60, leastRows: 5} : BAGGING;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Boosting of one shape: the number of rounds with the least held-out loss over all folds together. */
function boostShape(
  parts: readonly {train: Coded; test: Coded}[],
  codings: readonly ColumnCoding[],
  options: BoostOptions,
  y: Float64Array
): {options: BoostOptions; rounds: number; scores: Float64Array; loss: number} {
  const paths = parts.map(({train, test}) => boostingPath(train, test, codings, options));
  const steps = Math.max(...paths.map(({scores}) => scores.length));
  const at = (step: number) => joined(paths.map(({scores}) => scores[Math.min(step, scores.length - 1)]!));
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
