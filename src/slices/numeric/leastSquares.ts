/** Small dense linear algebra on row-major typed arrays: what ridge and least-squares fits need, and nothing else. */

/**
 * Factors a symmetric positive definite matrix in place: lower triangle L with A = L Lᵀ.
 * @param matrix n x n, row-major; only its lower triangle is read
 * @returns the index of the first column that is not positive definite, or -1
 */
export function cholesky(matrix: Float64Array, n: number): number {
  let j = 0;
  // Two columns and four rows at a time: one sum has to wait for each of its subtractions, eight wait together and are read for once.
  for (; j + 1 < n; j += 2) {
    const [rowJ, rowK] = [j * n, (j + 1) * n];
    let [pivot, between, next] = [matrix[rowJ + j]!, matrix[rowK + j]!, matrix[rowK + j + 1]!];
    for (let k = 0; k < j; k++) {
      const [by, other] = [matrix[rowJ + k]!, matrix[rowK + k]!];
      pivot -= by * by;
      between -= other * by;
      next -= other * other;
    }
    if (!(pivot > 1e-12)) return j;
    pivot = Math.sqrt(pivot);
    between /= pivot;
    next -= between * between;
    if (!(next > 1e-12)) return j + 1;
    next = Math.sqrt(next);
    matrix[rowJ + j] = pivot;
    matrix[rowK + j] = between;
    matrix[rowK + j + 1] = next;
    let i = j + 2;
    for (; i + 3 < n; i += 4) {
      const row = i * n;
      const second = row + n;
      const third = second + n;
      const fourth = third + n;
      let [a, b, c, d] = [matrix[row + j]!, matrix[second + j]!, matrix[third + j]!, matrix[fourth + j]!];
      let e = matrix[row + j + 1]!;
      let f = matrix[second + j + 1]!;
      let g = matrix[third + j + 1]!;
      let h = matrix[fourth + j + 1]!;
      for (let k = 0; k < j; k++) {
        const by = matrix[rowJ + k]!;
        const other = matrix[rowK + k]!;
        const w = matrix[row + k]!;
        const x = matrix[second + k]!;
        const y = matrix[third + k]!;
        const z = matrix[fourth + k]!;
        a -= w * by;
        b -= x * by;
        c -= y * by;
        d -= z * by;
        e -= w * other;
        f -= x * other;
        g -= y * other;
        h -= z * other;
      }
      a /= pivot;
      b /= pivot;
      c /= pivot;
      d /= pivot;
      matrix[row + j] = a;
      matrix[second + j] = b;
      matrix[third + j] = c;
      matrix[fourth + j] = d;
      matrix[row + j + 1] = (e - a * between) / next;
      matrix[second + j + 1] = (f - b * between) / next;
      matrix[third + j + 1] = (g - c * between) / next;
      matrix[fourth + j + 1] = (h - d * between) / next;
    }
    for (; i < n; i++) {
      const row = i * n;
      let [a, e] = [matrix[row + j]!, matrix[row + j + 1]!];
      for (let k = 0; k < j; k++) {
        a -= matrix[row + k]! * matrix[rowJ + k]!;
        e -= matrix[row + k]! * matrix[rowK + k]!;
      }
      a /= pivot;
      matrix[row + j] = a;
      matrix[row + j + 1] = (e - a * between) / next;
    }
  }
  if (j === n) return -1;
  const row = j * n;
  let pivot = matrix[row + j]!;
  for (let k = 0; k < j; k++) pivot -= matrix[row + k]! * matrix[row + k]!;
  if (!(pivot > 1e-12)) return j;
  matrix[row + j] = Math.sqrt(pivot);
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
