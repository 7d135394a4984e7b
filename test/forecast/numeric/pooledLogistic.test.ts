import {describe, expect, test} from "vitest";
import {fitPooledLogistic} from "../../../loaders/forecast/numeric/pooledLogistic.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import {cholesky} from "../../../src/slices/numeric/leastSquares.ts";

const LEVELS = 30;
const N = 9_000;

/** Rows of a constant, a group whose levels differ by `spread` and one whose levels do nothing. */
function drawn(spread: number, seed: number) {
  const rng = new Rng().seed(seed, 1);
  const effects = Float64Array.from({length: LEVELS}, () => spread * rng.normal());
  const features = new Int32Array(3 * N);
  const y = new Uint8Array(N);
  for (let i = 0; i < N; i++) {
    const [a, b] = [rng.int(LEVELS), rng.int(LEVELS)];
    features.set([0, 1 + a, 1 + LEVELS + b], 3 * i);
    y[i] = rng.chance(1 / (1 + Math.exp(1 - effects[a]!))) ? 1 : 0;
  }
  return {rows: {n: N, width: 3, features}, y, effects};
}

const group = (offset: number, smooth = 0) => ({offset, size: LEVELS, ridge: 2, smooth, run: LEVELS});
const SIZE = 1 + 2 * LEVELS;
const ones = new Float64Array(N).fill(1);

describe("pooling by what the data say", () => {
  const {rows, y, effects} = drawn(0.8, 5);
  const groups = [group(1), group(1 + LEVELS)];
  const fit = fitPooledLogistic(rows, y, ones, SIZE, groups);

  test("a group that matters is hardly drawn in, one that does nothing far more than it was begun with", () => {
    const of = (offset: number) => fit.coefficients.slice(offset, offset + LEVELS);
    const spread = (values: Float64Array) =>
      Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / LEVELS);
    expect(1 / Math.sqrt(fit.strengths[0]!.ridge)).toBeGreaterThan(0.6);
    expect(1 / Math.sqrt(fit.strengths[0]!.ridge)).toBeLessThan(1.1);
    expect(fit.strengths[1]!.ridge).toBeGreaterThan(10 * fit.strengths[0]!.ridge);
    const asBegun = groups.map((each) => ({...each, isFixed: true}));
    const before = fitPooledLogistic(rows, y, ones, SIZE, asBegun).coefficients.slice(1 + LEVELS);
    expect(spread(of(1 + LEVELS))).toBeLessThan(0.9 * spread(before));
    const mean = effects.reduce((sum, value) => sum + value, 0) / LEVELS;
    const errors = of(1).map((value, a) => value - (effects[a]! - mean));
    expect(spread(errors)).toBeLessThan(0.2);
  });

  test("the outcomes are likeliest under the strength found: neither four times nor a quarter of it does better", () => {
    const [found, other] = fit.strengths.map(({ridge}) => ridge) as [number, number];
    const evidence = (factor: number) => {
      const fixed = [found * factor, other].map((ridge, g) => ({...groups[g]!, ridge, isFixed: true}));
      const {coefficients} = fitPooledLogistic(rows, y, ones, SIZE, fixed);
      const information = new Float64Array(SIZE * SIZE);
      let sum = 0;
      for (let i = 0; i < N; i++) {
        const at = [...rows.features.subarray(3 * i, 3 * i + 3)];
        const eta = at.reduce((total, j) => total + coefficients[j]!, 0);
        const p = 1 / (1 + Math.exp(-eta));
        sum += y[i] ? Math.log(p) : Math.log(1 - p);
        for (const a of at) for (const b of at) information[a * SIZE + b]! += p * (1 - p);
      }
      fixed.forEach(({offset, ridge}) => {
        for (let j = offset; j < offset + LEVELS; j++) {
          sum -= 0.5 * ridge * coefficients[j]! ** 2 - 0.5 * Math.log(ridge);
          information[j * SIZE + j]! += ridge;
        }
      });
      information[0]! += 1e-8;
      expect(cholesky(information, SIZE)).toBe(-1);
      for (let j = 0; j < SIZE; j++) sum -= Math.log(information[j * SIZE + j]!);
      return sum;
    };
    const best = evidence(1);
    expect(evidence(4)).toBeLessThan(best);
    expect(evidence(1 / 4)).toBeLessThan(best);
  });

  test("its root gives the coefficients' spread: of repeated draws, 95% intervals hold what was planted", () => {
    let held = 0;
    const draws = 20;
    for (let seed = 1; seed <= draws; seed++) {
      const again = drawn(0.5, 100 + seed);
      const {coefficients, root} = fitPooledLogistic(again.rows, again.y, ones, SIZE, groups);
      for (let a = 1; a < LEVELS; a++) {
        // Variance of the difference of level a and the first, from the root's columns.
        let variance = 0;
        for (let i = 1; i < SIZE; i++) variance += (root![i * SIZE + 1 + a]! - root![i * SIZE + 1]!) ** 2;
        const off = coefficients[1 + a]! - coefficients[1]! - (again.effects[a]! - again.effects[0]!);
        if (Math.abs(off) < 1.96 * Math.sqrt(variance)) held++;
      }
    }
    expect(held / (draws * (LEVELS - 1))).toBeGreaterThan(0.9);
    expect(held / (draws * (LEVELS - 1))).toBeLessThan(0.99);
  });

  test("what is fixed stays as strong as it was said", () => {
    const {strengths} = fitPooledLogistic(rows, y, ones, SIZE, [{...group(1, 3), isFixed: true}, groups[1]!]);
    expect(strengths[0]).toEqual({ridge: 2, smooth: 3});
  });
});
