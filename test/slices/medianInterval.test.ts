import {expect, test} from "vitest";
import {medianInterval} from "../../src/slices/medianInterval.ts";

const ranks = (n: number) => medianInterval(Array.from({length: n}, (_, i) => i + 1));

// Ranks as tabulated for the sign test at 95%: R, qbinom(0.025, n, 0.5) and n + 1 less that.
test.each([
  [6, 1, 6],
  [10, 2, 9],
  [20, 6, 15],
  [50, 18, 33],
  [100, 40, 61]
])("of %i values the interval goes from the %ith to the %ith", (n, lo, hi) => {
  expect(ranks(n)).toEqual({median: (n + 1) / 2, lo, hi});
});

test("five values are too few, none too, and order does not matter", () => {
  expect(ranks(5)).toBeNull();
  expect(medianInterval([])).toBeNull();
  expect(medianInterval([6, 2, 4, 1, 5, 3])).toEqual({median: 3.5, lo: 1, hi: 6});
});

test("thousands of values do not underflow", () => {
  const {lo, hi} = ranks(4000)!;
  // The normal approximation: 2000 less 1.96 times half the root of 4000.
  expect(lo).toBeGreaterThan(1930);
  expect(lo).toBeLessThan(1945);
  expect(hi).toBe(4001 - lo);
});
