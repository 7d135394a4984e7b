import {describe, expect, test} from "vitest";
import type {ChanceDeal} from "../../loaders/planning/openPipeline.ts";
import {resourcesOf} from "../../loaders/planning/resources.ts";
import {extraSpread, type PastError, reachOf} from "../../loaders/planning/widening.ts";

/** A mean of 100 whose draws have a standard deviation of 10, off by so much; chances are small. */
const off = (error: number, reach = 1): PastError => ({
  band: {mean: 100, p10: 100 - 12.8155, p50: 100, p90: 100 + 12.8155},
  actual: 100 * (1 + error),
  reach
});

describe("what past errors add to the common spread", () => {
  test("nothing where errors are as large as the draws' spread, or fewer than three are known", () => {
    expect(extraSpread([off(0.1), off(-0.1), off(0.05)])).toBe(0);
    expect(extraSpread([off(0.5), off(-0.5)])).toBe(0);
    expect(extraSpread([])).toBe(0);
  });

  test("what is missing to them, as variances", () => {
    // Errors of 0.2, -0.2 and 0.2 are 0.04 of variance; the draws have 0.01.
    expect(extraSpread([off(0.2), off(-0.2), off(0.2)])).toBeCloseTo(Math.sqrt(0.03), 5);
    // A stretch that moves demand by half of itself has to be twice as wide.
    expect(extraSpread([off(0.2, 0.5), off(-0.2, 0.5), off(0.2, 0.5)])).toBeCloseTo(2 * Math.sqrt(0.03), 5);
  });

  test("windows of which nothing was expected say nothing", () => {
    const none = {...off(0.2), band: {mean: 0, p10: 0, p50: 0, p90: 0}};
    expect(extraSpread([off(0.5), off(-0.5), none])).toBe(0);
  });
});

test("a stretch of all chances reaches small ones wholly, an even one to 69%, a sure one not at all", () => {
  const resources = resourcesOf([{name: "P", takes: [[0, 1]], hours: [], otherCost: 0}], [1], 0);
  const deal = (chance: number, pieces: number): ChanceDeal => ({
    ...{dealId: "D", isAssumed: false, amount: 0},
    won: new Array<number>(26).fill(chance),
    sets: [[[0, pieces]]]
  });
  const reach = (deals: ChanceDeal[]) => reachOf(deals, resources, 0, 13);
  expect(reach([deal(1e-6, 5)])).toBeCloseTo(1, 5);
  // -(1 - 0.5) log(0.5) over 0.5.
  expect(reach([deal(0.5, 5)])).toBeCloseTo(Math.log(2), 9);
  expect(reach([deal(1, 5)])).toBe(0);
  // One even and one sure piece: 0.5 log 2 of 1.5.
  expect(reach([deal(0.5, 1), deal(1, 1)])).toBeCloseTo((0.5 * Math.log(2)) / 1.5, 9);
  expect(reach([])).toBe(0);
});
