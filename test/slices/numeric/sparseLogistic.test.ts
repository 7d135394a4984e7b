import {describe, expect, test} from "vitest";
import {fitSparseLogistic} from "../../../src/slices/numeric/sparseLogistic.ts";

/** Rows of a constant and one of k levels. */
function rowsOf(levels: readonly number[]) {
  return {n: levels.length, width: 2, features: Int32Array.from(levels.flatMap((level) => [0, level + 1]))};
}

describe("sparse logistic regression", () => {
  test("without penalties gives back each level's own log-odds", () => {
    const levels = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    const y = Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 1, 0, 0);
    const {coefficients} = fitSparseLogistic(rowsOf(levels), y, new Float64Array(10).fill(1), {
      ridge: Float64Array.of(1e-6, 1e-6, 1e-6),
      smooth: []
    });
    expect(coefficients[0]! + coefficients[1]!).toBeCloseTo(Math.log(1 / 3), 3);
    expect(coefficients[0]! + coefficients[2]!).toBeCloseTo(Math.log(4 / 2), 3);
  });

  test("ends where the gradient of the penalised likelihood is zero", () => {
    const levels = Array.from({length: 300}, (_, i) => (i * 7) % 5);
    const y = Uint8Array.from(levels, (level, i) => ((i * 13) % 11 < 3 + level ? 1 : 0));
    const weights = Float64Array.from(levels, (_, i) => 0.5 + (i % 3));
    const penalties = {
      ridge: Float64Array.of(0.01, 2, 2, 2, 2, 2),
      smooth: [1, 2, 3, 4].map((a) => ({a, b: a + 1, weight: 5}))
    };
    const {coefficients: b} = fitSparseLogistic(rowsOf(levels), y, weights, penalties);
    const loss = (at: Float64Array) => {
      let sum = 0;
      levels.forEach((level, i) => {
        const eta = at[0]! + at[level + 1]!;
        sum += weights[i]! * (Math.log(1 + Math.exp(eta)) - y[i]! * eta);
      });
      at.forEach((value, j) => {
        sum += 0.5 * penalties.ridge[j]! * value * value;
      });
      for (const {a, b: other, weight} of penalties.smooth) sum += 0.5 * weight * (at[a]! - at[other]!) ** 2;
      return sum;
    };
    for (let j = 0; j < b.length; j++) {
      const nudge = (by: number) => loss(b.map((value, k) => (k === j ? value + by : value)));
      expect((nudge(1e-4) - nudge(-1e-4)) / 2e-4).toBeCloseTo(0, 1);
    }
  });

  test("a level nobody has seen takes its neighbour's value by smoothness", () => {
    const levels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
    const y = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1);
    const {coefficients} = fitSparseLogistic(rowsOf(levels), y, new Float64Array(12).fill(1), {
      ridge: Float64Array.of(1e-3, 1e-3, 1e-3, 1e-3),
      smooth: [
        {a: 1, b: 2, weight: 0.1},
        {a: 2, b: 3, weight: 0.1}
      ]
    });
    expect(Math.abs(coefficients[3]! - coefficients[2]!)).toBeLessThan(0.1);
  });

  const regions = ["constant", "Region: North", "Region: South", "Region: West"];
  const fitRegions = (
    levels: readonly number[],
    y: readonly number[],
    ridge: readonly number[],
    weight = 1
  ) =>
    fitSparseLogistic(rowsOf(levels), Uint8Array.from(y), new Float64Array(levels.length).fill(weight), {
      ridge: Float64Array.from(ridge),
      smooth: [],
      names: regions
    });
  const three = Array.from({length: 90}, (_, i) => i % 3);

  test("a column that parts the outcomes with nothing to hold it is named; a penalty holds it", () => {
    // All of the West is won and half of the others: its likeliest coefficient is infinite (Albert & Anderson 1984).
    const won = three.map((level, i) => (level === 2 || Math.floor(i / 3) % 2 === 0 ? 1 : 0));
    expect(() => fitRegions(three, won, [0, 1, 1, 0])).toThrow(
      "the fit does not converge: Region: West parts the outcomes"
    );
    const {coefficients} = fitRegions(three, won, [0, 1, 1, 1]);
    expect(coefficients[3]!).toBeGreaterThan(1);
    expect(coefficients.every(Number.isFinite)).toBe(true);
  });

  test("columns that part the outcomes only together are found too", () => {
    // Won where both features are there, never else: each of them has both outcomes.
    const kinds = Array.from({length: 80}, (_, i) => i % 4);
    const features = Int32Array.from(kinds.flatMap((k) => [0, k % 2 === 1 ? 1 : -1, k > 1 ? 2 : -1]));
    const y = Uint8Array.from(kinds, (k) => (k === 3 ? 1 : 0));
    const parted = (penalty: number) =>
      fitSparseLogistic({n: 80, width: 3, features}, y, new Float64Array(80).fill(1), {
        ridge: Float64Array.of(0, penalty, penalty),
        smooth: [],
        names: ["constant", "Stage: Late", "Source: Partner"]
      });
    expect(() => parted(0)).toThrow(/(Stage: Late|Source: Partner) parts the outcomes/);
    expect(parted(0.5).coefficients.every(Number.isFinite)).toBe(true);
  });

  test("outcomes that are all alike part at the constant", () => {
    const none = three.map(() => 0);
    expect(() => fitRegions(three, none, [0, 1, 1, 1])).toThrow(/constant parts the outcomes/);
    expect(fitRegions(three, none, [1e-6, 1, 1, 1]).coefficients[0]!).toBeLessThan(-8);
    // Rare is not parted: one in 90 000, by weight.
    const rare = three.map((_, i) => (i === 4 ? 1 : 0));
    const weights = Float64Array.from(rare, (y) => (y === 1 ? 1e-3 : 1));
    const {coefficients} = fitSparseLogistic(rowsOf(three), Uint8Array.from(rare), weights, {
      ridge: Float64Array.of(0, 100, 100, 100),
      smooth: []
    });
    expect(coefficients[0]!).toBeCloseTo(Math.log(1e-3 / 89), 1);
  });

  test("a penalty that pushes away is named, and so is a number that is none, with its row", () => {
    const same = three.map(() => 0);
    const won = three.map((_, i) => i % 2);
    expect(() =>
      fitSparseLogistic(rowsOf([0, 1]), Uint8Array.of(0, 1), Float64Array.of(Number.NaN, 1), {
        ridge: Float64Array.of(0, 0, 0),
        smooth: [],
        names: regions
      })
    ).toThrow("the fit cannot begin: row 0's weight of Region: North is NaN, not a finite number");
    expect(() => fitRegions(same, won, [0, 0, Number.POSITIVE_INFINITY, 1])).toThrow(
      "the penalty of Region: South is Infinity"
    );
    expect(() => fitRegions(same, won, [0, -2, 1, 1])).toThrow(/Region: North|constant/);
  });

  test("of many features, found by conjugate gradients, ends where the gradient is zero too", () => {
    const many = 700;
    const levels = Array.from({length: 2100}, (_, i) => (i * 11) % many);
    const y = Uint8Array.from(levels, (level, i) => ((i * 13) % 11 < 3 + (level % 5) ? 1 : 0));
    const ridge = new Float64Array(many + 1).fill(1);
    ridge[0] = 1e-3;
    const bend = Array.from({length: many - 2}, (_, k) => ({a: k + 1, b: k + 2, c: k + 3, weight: 3}));
    const {coefficients: b} = fitSparseLogistic(rowsOf(levels), y, new Float64Array(2100).fill(1), {
      ridge,
      smooth: [],
      bend
    });
    const gradient = b.map((value, j) => -ridge[j]! * value);
    levels.forEach((level, i) => {
      const residual = y[i]! - 1 / (1 + Math.exp(-(b[0]! + b[level + 1]!)));
      gradient[0]! += residual;
      gradient[level + 1]! += residual;
    });
    for (const {a, b: middle, c, weight} of bend) {
      const off = weight * (b[a]! - 2 * b[middle]! + b[c]!);
      gradient[a]! -= off;
      gradient[middle]! += 2 * off;
      gradient[c]! -= off;
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(0.05);
    expect(Math.max(...b.map(Math.abs))).toBeGreaterThan(0.1);
  });
});
