import {expect, test} from "vitest";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import {cholesky} from "../../../src/slices/numeric/leastSquares.ts";

/** X Xᵀ of normal deviates, n x n of so high a rank; its upper triangle is not said. */
function product(n: number, rank: number, rng: Rng): Float64Array {
  const x = Float64Array.from({length: n * rank}, () => rng.normal());
  const matrix = new Float64Array(n * n).fill(Number.NaN);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      matrix[i * n + j] = 0;
      for (let k = 0; k < rank; k++) matrix[i * n + j]! += x[i * rank + k]! * x[j * rank + k]!;
    }
  return matrix;
}

test("a factor times itself is the matrix, whatever is left over of pairs of columns and fours of rows", () => {
  const rng = new Rng().seed(4, 1);
  for (let n = 1; n <= 17; n++) {
    const matrix = product(n, n + 4, rng);
    const factor = matrix.slice();
    expect(cholesky(factor, n)).toBe(-1);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k <= j; k++) sum += factor[i * n + k]! * factor[j * n + k]!;
        expect(sum).toBeCloseTo(matrix[i * n + j]!, 10);
      }
  }
});

test("the first column that is not positive definite is named, the odd and the even", () => {
  const rng = new Rng().seed(4, 2);
  for (const n of [4, 9])
    for (let column = 0; column < n; column++) {
      const matrix = product(n, n + 4, rng);
      matrix[column * n + column] = -1;
      expect(cholesky(matrix, n)).toBe(column);
    }
});
