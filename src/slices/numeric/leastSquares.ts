/** Small dense linear algebra on row-major typed arrays: what ridge and least-squares fits need, and nothing else. */

/**
 * Factors a symmetric positive definite matrix in place: lower triangle L with A = L Lᵀ.
 * @param matrix n x n, row-major; only its lower triangle is read
 * @returns the index of the first column that is not positive definite, or -1
 */
export function cholesky(matrix: Float64Array, n: number): number {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    for (let i = j; i < n; i++) {
      const rowI = i * n;
      let sum = matrix[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k]! * matrix[rowJ + k]!;
      if (i === j) {
        if (!(sum > 1e-12)) return j;
        matrix[rowJ + j] = Math.sqrt(sum);
      } else matrix[rowI + j] = sum / matrix[rowJ + j]!;
    }
  }
  return -1;
}

/** Solves L Lᵀ x = b for a factor made by {@link cholesky}; returns a new array. */
export function choleskySolve(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * x[k]!;
    x[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * x[k]!;
    x[i] = sum / factor[i * n + i]!;
  }
  return x;
}

/**
 * Coefficients that minimise |y - Xb|² + ridge |b|².
 * @param columns one array a column, all of y's length
 * @param ridge above 0 keeps collinear columns solvable
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array, ridge = 1e-9): Float64Array {
  const n = columns.length;
  const gram = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) gram[i * n + j] = dot(columns[i]!, columns[j]!);
    gram[i * n + i]! += ridge * (1 + gram[i * n + i]!);
    right[i] = dot(columns[i]!, y);
  }
  if (cholesky(gram, n) >= 0) return new Float64Array(n);
  return choleskySolve(gram, n, right);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
