/** Small dense linear algebra on row-major typed arrays: what ridge and least-squares fits need, and nothing else. */

/**
 * Factors a symmetric positive definite matrix in place: lower triangle L with A = L Lᵀ.
 * @param matrix n x n, row-major; only its lower triangle is read
 * @returns the index of the first column that is not positive definite, or -1
 */
export function cholesky(matrix: Float64Array, n: number): number {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    let pivot = matrix[rowJ + j]!;
    for (let k = 0; k < j; k++) pivot -= matrix[rowJ + k]! * matrix[rowJ + k]!;
    if (!(pivot > 1e-12)) return j;
    pivot = Math.sqrt(pivot);
    matrix[rowJ + j] = pivot;
    let i = j + 1;
    // Four rows at a time: one sum has to wait for each of its subtractions, four wait together.
    for (; i + 3 < n; i += 4) {
      const [row, second, third, fourth] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
      let a = matrix[row + j]!;
      let b = matrix[second + j]!;
      let c = matrix[third + j]!;
      let d = matrix[fourth + j]!;
      for (let k = 0; k < j; k++) {
        const by = matrix[rowJ + k]!;
        a -= matrix[row + k]! * by;
        b -= matrix[second + k]! * by;
        c -= matrix[third + k]! * by;
        d -= matrix[fourth + k]! * by;
      }
      matrix[row + j] = a / pivot;
      matrix[second + j] = b / pivot;
      matrix[third + j] = c / pivot;
      matrix[fourth + j] = d / pivot;
    }
    for (; i < n; i++) {
      const row = i * n;
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[row + k]! * matrix[rowJ + k]!;
      matrix[row + j] = sum / pivot;
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
