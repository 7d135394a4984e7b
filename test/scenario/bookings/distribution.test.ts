/** The distribution of bookings against brute force, against hand-worked cases, and within its own stated error. */
import {describe, expect, test} from "vitest";
import {type Distribution, distribution} from "../../../src/scenario/bookings/distribution.ts";
import {moments} from "../../../src/scenario/bookings/moments.ts";
import {chanceOfAtLeast, quantile} from "../../../src/scenario/bookings/quantile.ts";
import type {BookingTerms} from "../../../src/scenario/bookings/terms.ts";
import {makeTerms, simulate} from "../support.ts";

const LEVELS = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** Largest distance of the computed from the empirical cdf, where the two may be shifted by the stated error in money. */
function distance({grid, cdf, error}: Distribution, draws: Float64Array): number {
  let worst = 0;
  let below = 0;
  for (let j = 0; j < grid.length; j++) {
    while (below < draws.length && draws[below]! <= grid[j]! - error.amount) below++;
    let above = below;
    while (above < draws.length && draws[above]! <= grid[j]! + error.amount) above++;
    worst = Math.max(worst, below / draws.length - cdf[j]!, cdf[j]! - above / draws.length);
  }
  return worst;
}

/** Dvoretzky-Kiefer-Wolfowitz: an empirical cdf of n draws is within this of the true one, but for one time in 10^4. */
const dkw = (n: number) => Math.sqrt(Math.log(2 / 1e-4) / (2 * n));

const CASES = [
  {name: "one deal", options: {nDeals: 1, shockSd: 0, arrivals: false, spread: false}, n: 40_000},
  {
    name: "three deals of certain amounts",
    options: {nDeals: 3, shockSd: 0.2, arrivals: false, spread: false},
    n: 40_000
  },
  {name: "a dozen deals", options: {nDeals: 12, shockSd: 0.3}, n: 40_000},
  {name: "a hundred deals, likely ones", options: {nDeals: 100, shockSd: 0.15, chance: 0.6}, n: 40_000},
  {name: "four hundred deals, no shock", options: {nDeals: 400, shockSd: 0}, n: 20_000},
  {name: "a thousand deals in cells", options: {nDeals: 1000, shockSd: 0.2}, n: 10_000},
  {
    name: "a thousand deals of certain amounts, a strong shock",
    options: {nDeals: 1000, shockSd: 0.5, spread: false},
    n: 10_000
  }
];

describe("the distribution of bookings", () => {
  for (const {name, options, n} of CASES)
    test(`${name}: every draw of brute force agrees within the stated error`, () => {
      const terms = makeTerms(options);
      const found = distribution(terms);
      expect(distance(found, simulate(terms, n))).toBeLessThan(dkw(n) + found.error.probability);
      expect(found.error.amount).toBeLessThan(0.1 * found.sd);
    });

  test("thousands of small deals at a rate that nobody knows are as spread as the rate: a gamma of shape 2, in closed form", () => {
    const terms: BookingTerms = {
      sure: 0,
      logBefore: new Float64Array(0),
      logAfter: new Float64Array(0),
      amount: new Float64Array(0),
      spread: [],
      shockSd: 0,
      arrivals: [{wins: 4000, rateVariance: 0.5, amounts: [500, 1000, 1500]}]
    };
    const found = distribution(terms);
    for (const level of LEVELS) {
      const x = (2 * quantile(found, level)) / 4e6;
      // Poisson noise of 1.7% on top: the quantile of a level lies this near that of the rate alone.
      expect(Math.abs(1 - Math.exp(-x) * (1 + x) - level)).toBeLessThan(0.002);
    }
  });

  test("two deals by hand: 1/4 nothing, 1/4 each, 1/4 both", () => {
    const terms: BookingTerms = {
      sure: 1000,
      logBefore: new Float64Array(2),
      logAfter: new Float64Array(2).fill(Math.log(0.5)),
      amount: Float64Array.of(100, 300),
      spread: [],
      arrivals: [],
      shockSd: 0
    };
    const found = distribution(terms, 2048);
    expect(found.mean).toBeCloseTo(1200, 9);
    expect(found.sd ** 2).toBeCloseTo(0.25 * (100 ** 2 + 300 ** 2), 6);
    for (const [amount, chance] of [
      [1050, 0.75],
      [1200, 0.5],
      [1350, 0.25]
    ] as const)
      expect(chanceOfAtLeast(found, amount)).toBeCloseTo(chance, 4);
  });

  test("cells of many deals give the same as deals one by one", () => {
    const terms = makeTerms({nDeals: 601, shockSd: 0.25, chance: 0.3});
    const few: BookingTerms = {...terms, amount: terms.amount.map((a, i) => (i < 600 ? a : 0))};
    const many: BookingTerms = {
      ...terms,
      // The 601st deal is as good as none, but there are now too many to take one by one.
      amount: terms.amount.map((a, i) => (i < 600 ? a : 1)),
      logAfter: terms.logAfter.map((each, i) => (i < 600 ? each : -1e-12)),
      logBefore: terms.logBefore.map((each, i) => (i < 600 ? each : 0))
    };
    const [exact, cells] = [distribution(few), distribution(many)];
    expect(Math.abs(cells.mean / exact.mean - 1)).toBeLessThan(1e-9);
    for (const level of LEVELS)
      expect(Math.abs(quantile(cells, level) / quantile(exact, level) - 1)).toBeLessThan(2e-4);
  });

  test("moments agree with the grid's own", () => {
    const terms = makeTerms({nDeals: 300, shockSd: 0.3});
    const {mean, variance} = moments(terms);
    const {grid, cdf} = distribution(terms, 2048);
    let [m, s] = [0, 0];
    for (let j = 0; j < grid.length; j++) {
      const mass = cdf[j]! - (j > 0 ? cdf[j - 1]! : 0);
      const at = grid[j]! - (grid[1]! - grid[0]!) / 2;
      m += mass * at;
      s += mass * at * at;
    }
    expect(m / mean).toBeCloseTo(1, 4);
    expect((s - m * m) / variance).toBeCloseTo(1, 2);
  });

  test("a stronger common shock widens it and leaves the middle of the amount where it was", () => {
    const [calm, stormy] = [0, 0.3].map((shockSd) => distribution(makeTerms({nDeals: 300, shockSd})));
    expect(stormy!.sd).toBeGreaterThan(1.3 * calm!.sd);
    expect(Math.abs(stormy!.mean / calm!.mean - 1)).toBeLessThan(0.03);
  });

  test("certain money is certain, and nonsense is refused", () => {
    const terms = makeTerms({nDeals: 0, shockSd: 0.2, arrivals: false});
    const found = distribution(terms);
    expect([found.mean, found.sd, quantile(found, 0.1)]).toEqual([100_000, 0, 100_000]);
    expect(chanceOfAtLeast(found, 100_000)).toBe(1);
    expect(chanceOfAtLeast(found, 100_001)).toBe(0);
    expect(() => distribution({...terms, sure: Number.NaN})).toThrow(/finite/);
    expect(() => distribution({...terms, shockSd: 3})).toThrow(/0 to 1, got 3/);
  });
});
