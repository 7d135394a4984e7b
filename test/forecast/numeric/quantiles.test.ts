import {describe, expect, test} from "vitest";
import {
  crps,
  LEVELS,
  normalCdf,
  normalQuantile,
  quantileSorted,
  quantilesOf
} from "../../../loaders/forecast/numeric/quantiles.ts";
import fc from "../../support/fc.ts";

describe("quantiles", () => {
  test("are R's type 7", () => {
    // quantile(c(1, 2, 4, 8, 16), c(.1, .25, .5, .9)) in R: 1.4 2 4 12.8
    const values = [1, 2, 4, 8, 16];
    expect([0.1, 0.25, 0.5, 0.9].map((p) => quantileSorted(values, p))).toEqual([1.4, 2, 4, 12.8]);
  });

  test("of the normal: tables", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 9);
    expect(normalQuantile(0.1)).toBeCloseTo(-1.2815515655446004, 9);
    expect(normalQuantile(0.999)).toBeCloseTo(3.090232306167813, 9);
    expect(normalCdf(-1)).toBeCloseTo(0.15865525393145707, 12);
  });

  test("normal quantile and distribution undo each other", () => {
    fc.assert(
      fc.property(fc.double({min: 1e-6, max: 1 - 1e-6, noNaN: true}), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 9);
      })
    );
  });
});

describe("the CRPS of quantiles", () => {
  test("of a point forecast is the absolute error", () => {
    expect(crps(10, new Float64Array(LEVELS.length).fill(7))).toBeCloseTo(3, 12);
  });

  test("of a standard normal at its centre is near the closed form 0.2337", () => {
    // sigma (2 phi(0) - 1/sqrt(pi)) = 0.23369; the outer 5% tails are not scored
    const normal = Float64Array.from(LEVELS, normalQuantile);
    expect(crps(0, normal)).toBeGreaterThan(0.22);
    expect(crps(0, normal)).toBeLessThan(0.26);
  });

  test("is least in expectation for the true distribution", () => {
    const draws = Float64Array.from({length: 999}, (_, i) => normalQuantile((i + 1) / 1000));
    const score = (scale: number) => {
      const quantiles = quantilesOf(draws.map((draw) => draw * scale));
      return draws.reduce((sum, actual) => sum + crps(actual, quantiles), 0);
    };
    expect(score(1)).toBeLessThan(score(0.7));
    expect(score(1)).toBeLessThan(score(1.4));
  });
});
