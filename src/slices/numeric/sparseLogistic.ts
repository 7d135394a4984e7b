/**
 * Logistic regression on indicator features, with ridge and smoothness penalties, by iteratively reweighted least
 * squares. A row names the few features that are 1; all others are 0.
 * @see Hastie, Tibshirani & Friedman 2009, section 4.4; the smoothness penalty is a first-order random walk
 */
import {type IndicatorDesign, indicatorDesign} from "./indicatorDesign.js";
import {cholesky, choleskySolve} from "./leastSquares.js";

export interface SparseRows {
  n: number;
  /** Features a row. */
  width: number;
  /** Row-major, n x width: index of each feature that is 1, or -1 for none; a feature stands at one place of the rows alone. */
  features: Int32Array;
}

export interface Penalties {
  /** Ridge of each feature; 0 leaves it free. */
  ridge: Float64Array;
  /** Pairs of neighbouring levels whose difference is penalised. */
  smooth: readonly {a: number; b: number; weight: number}[];
  /** Three neighbouring levels in a row, by how far the middle one lies off the line between the others: drawn to a straight line. */
  bend?: readonly {a: number; b: number; c: number; weight: number}[];
  /** What each feature is, for errors. */
  names?: readonly string[];
}

export interface LogisticFit {
  coefficients: Float64Array;
  iterations: number;
  /**
   * Cholesky factor of the penalised information at the last step (row-major, lower triangle): its inverse is the
   * coefficients' covariance. Null with too many features to form it.
   */
  factor: Float64Array | null;
}

export interface LogisticOptions {
  /** Coefficients to begin from; 0 when absent. */
  start?: Float64Array;
  /** With more features than this the matrix is never formed: a step is found by conjugate gradients. */
  mostDense?: number;
}

const MOST_STEPS = 30;
const MOST_DENSE = 500;

/**
 * Maximises the penalised likelihood of `y` (0 or 1) with weights; Newton steps, halved when one does not improve.
 * @throws {Error} naming the column when the fit does not converge, a column cannot be told from others or parts the outcomes with
 * nothing to hold it (its likeliest coefficient is infinite), or a weight or penalty is not a finite number
 */
export function fitSparseLogistic(
  rows: SparseRows,
  y: Uint8Array,
  weights: Float64Array,
  penalties: Penalties,
  {start, mostDense = MOST_DENSE}: LogisticOptions = {}
): LogisticFit {
  const {n} = rows;
  const {ridge, smooth, bend = [], names} = penalties;
  const p = ridge.length;
  const nameOf = (feature: number) => names?.[feature] ?? `feature ${feature}`;
  checkNumbers(rows, y, weights, penalties, nameOf);
  const design = indicatorDesign(rows, p);
  let coefficients = start?.slice() ?? new Float64Array(p);
  let objective = Number.POSITIVE_INFINITY;
  const eta = new Float64Array(n);
  // exp(-|eta|), from which both the loss and the chance follow without overflow.
  const decay = new Float64Array(n);
  const evaluate = (at: Float64Array) => {
    design.scores(at, eta);
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const sum = eta[i]!;
      const small = Math.exp(-Math.abs(sum));
      decay[i] = small;
      loss += weights[i]! * (Math.max(sum, 0) + Math.log1p(small) - y[i]! * sum);
    }
    for (let j = 0; j < p; j++) loss += 0.5 * ridge[j]! * at[j]! * at[j]!;
    for (const {a, b, weight} of smooth) loss += 0.5 * weight * (at[a]! - at[b]!) ** 2;
    for (const {a, b, c, weight} of bend) loss += 0.5 * weight * (at[a]! - 2 * at[b]! + at[c]!) ** 2;
    return loss;
  };
  objective = evaluate(coefficients);
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);
  const dense = p <= mostDense ? new Float64Array(p * p) : null;
  for (let iteration = 1; iteration <= MOST_STEPS; iteration++) {
    for (let i = 0; i < n; i++) {
      const chance = (eta[i]! >= 0 ? 1 : decay[i]!) / (1 + decay[i]!);
      residual[i] = weights[i]! * (y[i]! - chance);
      curvature[i] = weights[i]! * chance * (1 - chance);
    }
    const gradient = design.sums(residual);
    const pull = penaltyTimes(penalties, coefficients);
    for (let j = 0; j < p; j++) gradient[j]! -= pull[j]!;
    const step = dense
      ? denseStep(design, curvature, penalties, gradient, dense)
      : iterativeStep(design, curvature, penalties, gradient);
    if (typeof step === "number") throw notConverged(nameOf(step));
    let scale = 1;
    let next = coefficients;
    let better = objective;
    for (; scale > 1e-4; scale /= 2) {
      next = coefficients.map((value, j) => value + scale * step[j]!);
      better = evaluate(next);
      if (better <= objective) break;
    }
    if (!Number.isFinite(better)) throw notConverged(nameOf(farthest(step)));
    const gain = objective - better;
    if (better <= objective) {
      coefficients = next;
      objective = better;
    } else evaluate(coefficients);
    if (gain <= 1e-6 * (Math.abs(objective) + 1)) {
      const parted = separated(design, y, weights, penalties, eta);
      if (parted >= 0)
        throw new Error(
          `the fit does not converge: ${nameOf(parted)} parts the outcomes and nothing holds its coefficient; give it a penalty or leave it out`
        );
      return {coefficients, iterations: iteration, factor: dense};
    }
  }
  throw notConverged(nameOf(farthest(coefficients)));
}

/** @throws {Error} naming the column whose number is not finite, and the row it is in */
function checkNumbers(
  {n, width, features}: SparseRows,
  y: Uint8Array,
  weights: Float64Array,
  {ridge, smooth, bend = []}: Penalties,
  nameOf: (feature: number) => string
): void {
  const fail = (what: string, value: number, feature: number) => {
    throw new Error(`the fit cannot begin: ${what} of ${nameOf(feature)} is ${value}, not a finite number`);
  };
  for (let j = 0; j < ridge.length; j++) if (!Number.isFinite(ridge[j]!)) fail("the penalty", ridge[j]!, j);
  for (const {a, weight} of [...smooth, ...bend]) if (!Number.isFinite(weight)) fail("a penalty", weight, a);
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(weights[i]!) && y[i]! <= 1) continue;
    let last = 0;
    for (let w = i * width; w < (i + 1) * width; w++) if (features[w]! > 0) last = features[w]!;
    fail(`row ${i}'s ${y[i]! <= 1 ? "weight" : "outcome"}`, y[i]! <= 1 ? weights[i]! : y[i]!, last);
  }
}

/** The feature that is not finite, else the one farthest from nought. */
function farthest(values: Float64Array): number {
  let best = 0;
  for (let j = 0; j < values.length; j++) {
    if (!Number.isFinite(values[j]!)) return j;
    if (Math.abs(values[j]!) > Math.abs(values[best]!)) best = j;
  }
  return best;
}

/** What a free column's fitted chances leave in doubt, over its rarer outcome: below it columns part the outcomes together. */
const PARTED = 1e-5;

/**
 * The free feature that parts the outcomes, -1 for none: its rows have one outcome alone, or chances that leave nothing in doubt
 * though they have both. Where a likelihood has no end every step gains a little less, until the gain passes for convergence.
 * @see Albert & Anderson 1984, On the existence of maximum likelihood estimates in logistic regression models
 */
function separated(
  design: IndicatorDesign,
  y: Uint8Array,
  weights: Float64Array,
  {ridge, smooth, bend = []}: Penalties,
  eta: Float64Array
): number {
  const p = ridge.length;
  const isHeld = Uint8Array.from(ridge, (value) => (value > 0 ? 1 : 0));
  for (const {a, b} of smooth) isHeld[a] = isHeld[b] = 1;
  for (const {a, b, c} of bend) isHeld[a] = isHeld[b] = isHeld[c] = 1;
  if (isHeld.every(Boolean)) return -1;
  const rows = design.sums(weights);
  const ones = design.sums(weights.map((weight, i) => (y[i] === 1 ? weight : 0)));
  const doubt = design.sums(
    weights.map((weight, i) => {
      const chance = 1 / (1 + Math.exp(-eta[i]!));
      return weight * chance * (1 - chance);
    })
  );
  // The constant last: what parts the outcomes is a column, if there is one.
  for (let j = p - 1; j >= 0; j--) {
    if (isHeld[j]) continue;
    const rarer = Math.min(ones[j]!, rows[j]! - ones[j]!);
    if (rows[j]! > 0 && (rarer <= 0 || doubt[j]! < PARTED * rarer)) return j;
  }
  return -1;
}

/** The penalties' matrix times a vector. */
function penaltyTimes({ridge, smooth, bend = []}: Penalties, at: Float64Array): Float64Array {
  const product = at.map((value, j) => ridge[j]! * value);
  for (const {a, b, weight} of smooth) {
    const difference = weight * (at[a]! - at[b]!);
    product[a]! += difference;
    product[b]! -= difference;
  }
  for (const {a, b, c, weight} of bend) {
    const difference = weight * (at[a]! - 2 * at[b]! + at[c]!);
    product[a]! += difference;
    product[b]! -= 2 * difference;
    product[c]! += difference;
  }
  return product;
}

/** A Newton step by Cholesky, or the feature at which the matrix is not positive definite. */
function denseStep(
  design: IndicatorDesign,
  curvature: Float64Array,
  {ridge, smooth, bend = []}: Penalties,
  gradient: Float64Array,
  hessian: Float64Array
): Float64Array | number {
  const p = ridge.length;
  hessian.fill(0);
  design.addGram(curvature, hessian);
  const add = (a: number, b: number, value: number) => {
    hessian[Math.max(a, b) * p + Math.min(a, b)]! += value;
  };
  for (let j = 0; j < p; j++) add(j, j, ridge[j]! + 1e-8);
  for (const {a, b, weight} of smooth) {
    add(a, a, weight);
    add(b, b, weight);
    add(a, b, -weight);
  }
  for (const {a, b, c, weight} of bend) {
    add(a, a, weight);
    add(b, b, 4 * weight);
    add(c, c, weight);
    add(a, b, -2 * weight);
    add(b, c, -2 * weight);
    add(a, c, weight);
  }
  const stuck = cholesky(hessian, p);
  return stuck >= 0 ? stuck : choleskySolve(hessian, p, gradient);
}

/** A Newton step by conjugate gradients, preconditioned by the diagonal. @see Nocedal & Wright 2006, section 7.1 */
function iterativeStep(
  design: IndicatorDesign,
  curvature: Float64Array,
  penalties: Penalties,
  gradient: Float64Array
): Float64Array {
  const p = gradient.length;
  const along = new Float64Array(curvature.length);
  const times = (at: Float64Array): Float64Array => {
    design.scores(at, along);
    for (let i = 0; i < along.length; i++) along[i]! *= curvature[i]!;
    const product = penaltyTimes(penalties, at);
    design.sums(along).forEach((sum, j) => {
      product[j]! += sum;
    });
    return product;
  };
  const diagonal = penalties.ridge.map((value) => value + 1e-8);
  for (const {a, b, weight} of penalties.smooth) {
    diagonal[a]! += weight;
    diagonal[b]! += weight;
  }
  for (const {a, b, c, weight} of penalties.bend ?? []) {
    diagonal[a]! += weight;
    diagonal[b]! += 4 * weight;
    diagonal[c]! += weight;
  }
  design.sums(curvature).forEach((sum, j) => {
    diagonal[j]! += sum;
  });
  const dot = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += a[j]! * b[j]!;
    return sum;
  };
  const step = new Float64Array(p);
  const left = gradient.slice();
  let scaled = left.map((value, j) => value / diagonal[j]!);
  const direction = scaled.slice();
  let size = dot(left, scaled);
  const enough = 1e-6 * size;
  for (let round = 0; round < 200 && size > enough; round++) {
    const product = times(direction);
    const far = size / dot(direction, product);
    for (let j = 0; j < p; j++) {
      step[j]! += far * direction[j]!;
      left[j]! -= far * product[j]!;
    }
    scaled = left.map((value, j) => value / diagonal[j]!);
    const next = dot(left, scaled);
    for (let j = 0; j < p; j++) direction[j] = scaled[j]! + (next / size) * direction[j]!;
    size = next;
  }
  return step;
}

function notConverged(column: string): Error {
  return new Error(`the fit does not converge; look at ${column}`);
}
