/**
 * Logistic regression on indicator features, with ridge and smoothness penalties, by iteratively reweighted least
 * squares. A row names the few features that are 1; all others are 0.
 * @see Hastie, Tibshirani & Friedman 2009, section 4.4; the smoothness penalty is a first-order random walk
 */
import {cholesky, choleskySolve} from "./leastSquares.js";

export interface SparseRows {
  n: number;
  /** Features a row. */
  width: number;
  /** Row-major, n x width: index of each feature that is 1, ascending within a row, or -1 for none. */
  features: Int32Array;
}

export interface Penalties {
  /** Ridge of each feature; 0 leaves it free. */
  ridge: Float64Array;
  /** Pairs of neighbouring levels whose difference is penalised. */
  smooth: readonly {a: number; b: number; weight: number}[];
  /** What each feature is, for errors. */
  names?: readonly string[];
}

export interface LogisticFit {
  coefficients: Float64Array;
  iterations: number;
}

const MOST_STEPS = 30;

/**
 * Maximises the penalised likelihood of `y` (0 or 1) with weights; Newton steps, halved when one does not improve.
 * @throws {Error} naming the column when the fit does not converge or a column cannot be told from others
 */
export function fitSparseLogistic(
  {n, width, features}: SparseRows,
  y: Uint8Array,
  weights: Float64Array,
  {ridge, smooth, names}: Penalties
): LogisticFit {
  const p = ridge.length;
  let coefficients = new Float64Array(p);
  let objective = Number.POSITIVE_INFINITY;
  const eta = new Float64Array(n);
  const evaluate = (at: Float64Array) => {
    let loss = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let w = i * width, end = w + width; w < end; w++) {
        const feature = features[w]!;
        if (feature >= 0) sum += at[feature]!;
      }
      eta[i] = sum;
      // log(1 + exp(sum)) without overflow
      loss += weights[i]! * (Math.max(sum, 0) + Math.log1p(Math.exp(-Math.abs(sum))) - y[i]! * sum);
    }
    for (let j = 0; j < p; j++) loss += 0.5 * ridge[j]! * at[j]! * at[j]!;
    for (const {a, b, weight} of smooth) loss += 0.5 * weight * (at[a]! - at[b]!) ** 2;
    return loss;
  };
  objective = evaluate(coefficients);
  const hessian = new Float64Array(p * p);
  for (let iteration = 1; iteration <= MOST_STEPS; iteration++) {
    hessian.fill(0);
    const gradient = new Float64Array(p);
    for (let i = 0; i < n; i++) {
      const probability = 1 / (1 + Math.exp(-eta[i]!));
      const residual = weights[i]! * (y[i]! - probability);
      const curvature = weights[i]! * probability * (1 - probability);
      const start = i * width;
      for (let v = 0; v < width; v++) {
        const row = features[start + v]!;
        if (row < 0) continue;
        gradient[row]! += residual;
        for (let w = 0; w <= v; w++) {
          const column = features[start + w]!;
          if (column >= 0) hessian[row * p + column]! += curvature;
        }
      }
    }
    for (let j = 0; j < p; j++) {
      gradient[j]! -= ridge[j]! * coefficients[j]!;
      hessian[j * p + j]! += ridge[j]! + 1e-8;
    }
    for (const {a, b, weight} of smooth) {
      const difference = weight * (coefficients[a]! - coefficients[b]!);
      gradient[a]! -= difference;
      gradient[b]! += difference;
      hessian[a * p + a]! += weight;
      hessian[b * p + b]! += weight;
      hessian[Math.max(a, b) * p + Math.min(a, b)]! -= weight;
    }
    const stuck = cholesky(hessian, p);
    if (stuck >= 0) throw notConverged(names?.[stuck] ?? `feature ${stuck}`);
    const step = choleskySolve(hessian, p, gradient);
    let scale = 1;
    let next = coefficients;
    let better = objective;
    for (; scale > 1e-4; scale /= 2) {
      next = coefficients.map((value, j) => value + scale * step[j]!);
      better = evaluate(next);
      if (better <= objective) break;
    }
    const gain = objective - better;
    if (better <= objective) {
      coefficients = next;
      objective = better;
    } else evaluate(coefficients);
    if (gain <= 1e-6 * (Math.abs(objective) + 1)) return {coefficients, iterations: iteration};
  }
  const largest = coefficients.reduce(
    (best, value, j) => (Math.abs(value) > Math.abs(coefficients[best]!) ? j : best),
    0
  );
  throw notConverged(names?.[largest] ?? `feature ${largest}`);
}

function notConverged(column: string): Error {
  return new Error(`the fit does not converge; look at ${column}`);
}
