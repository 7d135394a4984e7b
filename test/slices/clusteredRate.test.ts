import {describe, expect, test} from "vitest";
import {closedRows, clusteredInterval, wonInterval} from "../../src/slices/clusteredRate.ts";
import {dayNumber, type FactTable} from "../../src/slices/facts.ts";
import {rateInterval} from "../../src/slices/rateInterval.ts";

describe("the interval of a rate over customers with several deals", () => {
  test("is Wilson's where every customer has one deal", () => {
    const alone = Array.from({length: 30}, (_, i) => ({successes: i < 12 ? 1 : 0, trials: 1}));
    // Between 30 customers of one deal each the variance is n p q x 30 / 29: the design effect is 30 / 29.
    const {lo, hi} = clusteredInterval(alone)!;
    const plain = rateInterval(12 * (29 / 30), 29)!;
    expect(lo).toBeCloseTo(plain.lo, 12);
    expect(hi).toBeCloseTo(plain.hi, 12);
  });

  test("customers whose deals all end alike count as one deal each", () => {
    const twins = Array.from({length: 20}, (_, i) => ({successes: i < 8 ? 3 : 0, trials: 3}));
    // By hand: rate 24 / 60; between 8 (3 - 1.2)^2 + 12 (1.2)^2 = 43.2 over 60 x 0.24 = 14.4, times 20 / 19: 60 / 19.
    const known = 60 / (3 * (20 / 19));
    const expected = rateInterval(0.4 * known, known)!;
    const {lo, hi} = clusteredInterval(twins)!;
    expect(lo).toBeCloseTo(expected.lo, 12);
    expect(hi).toBeCloseTo(expected.hi, 12);
    expect(hi - lo).toBeGreaterThan(1.5 * (rateInterval(24, 60)!.hi - rateInterval(24, 60)!.lo));
  });

  test("customers more even than chance make it no narrower, and none has none", () => {
    const even = Array.from({length: 20}, () => ({successes: 1, trials: 2}));
    expect(clusteredInterval(even)).toEqual(rateInterval(20, 40));
    expect(clusteredInterval([])).toBeNull();
    expect(clusteredInterval([{successes: 0, trials: 5}])).toEqual(rateInterval(0, 5));
  });
});

const deals: FactTable = {
  n: 5,
  columns: {
    account_name: {kind: "key", words: ["A", "B"], codes: [0, 0, 1, null, null]},
    closed_on: {
      kind: "day",
      values: ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-02-01"].map(dayNumber)
    },
    n_won: {kind: "number", values: [1, 1, 0, 0, 1]},
    n_lost: {kind: "number", values: [0, 0, 1, 1, 0]},
    n_derailed: {kind: "number", values: [0, 0, 0, 1, 0]}
  }
};

test("deals of no known customer each stand alone; the narrow rate leaves out no decision", () => {
  const january = {filters: {}, period: {from: "2026-01-01", to: "2026-01-31"}};
  expect(closedRows(deals, january)).toEqual([0, 1, 2, 3]);
  expect(closedRows(deals, january, true)).toEqual([0, 1, 2]);
  expect(wonInterval(deals, [0, 1, 2, 3])).toEqual(
    clusteredInterval([
      {successes: 2, trials: 2},
      {successes: 0, trials: 1},
      {successes: 0, trials: 1}
    ])
  );
});
