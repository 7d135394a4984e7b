/**
 * Logistic regression whose levels are pooled as strongly as the data themselves say: each group's penalties are those under
 * which the outcomes are likeliest with the coefficients averaged over (empirical Bayes), with a gentle prior on the strengths.
 * @see Wood & Fasiolo 2017, A generalized Fellner-Schall method for smoothing parameter optimization, Biometrics 73
 */
import {cholesky} from "../../../src/slices/numeric/leastSquares.ts";
import {
  fitSparseLogistic,
  type Penalties,
  type SparseRows
} from "../../../src/slices/numeric/sparseLogistic.ts";

/** Features side by side that are pooled alike. */
export interface PooledGroup {
  offset: number;
  size: number;
  /** Strengths begun with, and drawn to: of the ridge, and of the difference of neighbours (0: none). */
  ridge: number;
  smooth: number;
  /** Neighbours end after so many levels; `size` when all are one run. */
  run: number;
  /** Its strengths stay as they are. */
  isFixed?: boolean;
}

export interface PooledFit {
  coefficients: Float64Array;
  /** Inverse of the penalised information's Cholesky factor (row-major, lower triangle); null with too many features. */
  root: Float64Array | null;
  /** Strengths found, group by group. */
  strengths: {ridge: number; smooth: number}[];
}

const ROUNDS = 8;
/** The prior on a strength weighs as much as so many coefficients whose spread is known. */
const PRIOR = 1;
/** Strengths stay within this factor of those begun with. */
const WIDEST = 1000;
const SETTLED = 0.1;
const MOST_DENSE = 900;

/** Fits coefficients and strengths. @throws {Error} naming the column when it does not converge */
export function fitPooledLogistic(
  rows: SparseRows,
  y: Uint8Array,
  weights: Float64Array,
  size: number,
  groups: readonly PooledGroup[],
  names?: readonly string[]
): PooledFit {
  let strengths = groups.map(({ridge, smooth}) => ({ridge, smooth}));
  let start: Float64Array | undefined;
  for (let round = 0; ; round++) {
    const penalties = {...penaltiesOf(size, groups, strengths), ...(names ? {names} : {})};
    const {coefficients, factor} = fitSparseLogistic(rows, y, weights, penalties, {
      mostDense: MOST_DENSE,
      ...(start ? {start} : {})
    });
    const root = factor && inverseOf(factor, size);
    if (!root || round === ROUNDS) return {coefficients, root, strengths};
    const next = groups.map((group, g) =>
      group.isFixed ? strengths[g]! : strengthsOf(group, strengths[g]!, coefficients, root, size)
    );
    const moved = Math.max(
      0,
      ...next.flatMap(({ridge, smooth}, g) => {
        const before = strengths[g]!;
        return [
          Math.abs(Math.log(ridge / before.ridge)),
          smooth > 0 ? Math.abs(Math.log(smooth / before.smooth)) : 0
        ];
      })
    );
    start = coefficients;
    strengths = next;
    if (moved < SETTLED) return {coefficients, root, strengths};
  }
}

function penaltiesOf(
  size: number,
  groups: readonly PooledGroup[],
  strengths: readonly {ridge: number; smooth: number}[]
): Penalties {
  const ridge = new Float64Array(size);
  const smooth: {a: number; b: number; weight: number}[] = [];
  groups.forEach(({offset, size: n, run}, g) => {
    const strength = strengths[g]!;
    for (let level = 0; level < n; level++) {
      ridge[offset + level] = strength.ridge;
      if (strength.smooth > 0 && level % run > 0)
        smooth.push({a: offset + level - 1, b: offset + level, weight: strength.smooth});
    }
  });
  return {ridge, smooth};
}

/** One Fellner-Schall step of a group's strengths. */
function strengthsOf(
  {offset, size: n, run, ridge: ridge0, smooth: smooth0}: PooledGroup,
  {ridge, smooth}: {ridge: number; smooth: number},
  coefficients: Float64Array,
  root: Float64Array,
  p: number
): {ridge: number; smooth: number} {
  const prior = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    prior[a * n + a]! += ridge;
    if (smooth > 0 && a % run > 0) {
      prior[a * n + a]! += smooth;
      prior[(a - 1) * n + a - 1]! += smooth;
      prior[a * n + a - 1]! -= smooth;
    }
  }
  cholesky(prior, n);
  const before = blockOf(inverseOf(prior, n), n, 0, n);
  const after = blockOf(root, p, offset, n);
  const sums = {ridge: 0, smooth: 0, size: 0, step: 0};
  for (let a = 0; a < n; a++) {
    const at = coefficients[offset + a]!;
    sums.ridge += before[a * n + a]! - after[a * n + a]!;
    sums.size += at * at;
    if (smooth > 0 && a % run > 0) {
      const spread = (of: Float64Array) => of[a * n + a]! + of[(a - 1) * n + a - 1]! - 2 * of[a * n + a - 1]!;
      sums.smooth += spread(before) - spread(after);
      sums.step += (at - coefficients[offset + a - 1]!) ** 2;
    }
  }
  const found = (strength: number, first: number, told: number, squares: number) =>
    Math.min(
      WIDEST * first,
      Math.max(first / WIDEST, (strength * Math.max(0, told) + PRIOR) / (squares + PRIOR / first))
    );
  return {
    ridge: found(ridge, ridge0, sums.ridge, sums.size),
    smooth: smooth > 0 ? found(smooth, smooth0, sums.smooth, sums.step) : 0
  };
}

/** Inverse of a lower triangle. */
function inverseOf(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    inverse[row + i] = 1;
    let k = 0;
    // Two rows at a time, each element in the order of the rows: it is read and written half as often.
    for (; k + 1 < i; k += 2) {
      const [by, next] = [factor[row + k]!, factor[row + k + 1]!];
      if (by === 0 && next === 0) continue;
      const [other, another] = [k * n, (k + 1) * n];
      for (let j = 0; j <= k; j++)
        inverse[row + j] = inverse[row + j]! - by * inverse[other + j]! - next * inverse[another + j]!;
      inverse[row + k + 1]! -= next * inverse[another + k + 1]!;
    }
    for (; k < i; k++) {
      const by = factor[row + k]!;
      const other = k * n;
      for (let j = 0; j <= k; j++) inverse[row + j]! -= by * inverse[other + j]!;
    }
    const pivot = factor[row + i]!;
    for (let j = 0; j <= i; j++) inverse[row + j]! /= pivot;
  }
  return inverse;
}

/** The block of the covariance that belongs to features side by side; the lower triangle of it. */
function blockOf(root: Float64Array, p: number, offset: number, n: number): Float64Array {
  const block = new Float64Array(n * n);
  for (let i = offset; i < p; i++) {
    const row = i * p + offset;
    const last = Math.min(n - 1, i - offset);
    for (let a = 0; a <= last; a++) {
      const value = root[row + a]!;
      if (value !== 0) for (let b = 0; b <= a; b++) block[a * n + b]! += value * root[row + b]!;
    }
  }
  return block;
}
