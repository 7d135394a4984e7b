import {describe, expect, test} from "vitest";
import {etsMean, fitEts} from "../../../loaders/forecast/series/ets.ts";
import {mean, naive, runRate, seasonalNaive} from "../../../loaders/forecast/series/naive.ts";
import {theta} from "../../../loaders/forecast/series/theta.ts";

// Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 2nd edition, sections 7.1 and 7.2 (R forecast::ses, holt).
const OIL = Float64Array.of(
  445.36,
  453.2,
  454.41,
  422.38,
  456.04,
  440.39,
  425.19,
  486.21,
  500.43,
  521.28,
  508.95,
  488.89,
  509.87,
  456.72,
  473.82,
  525.95,
  549.83,
  542.34
);
const AIR = Float64Array.of(
  17.55,
  21.86,
  23.89,
  26.93,
  26.89,
  28.83,
  30.08,
  30.95,
  30.19,
  31.58,
  32.58,
  33.48,
  39.02,
  41.39,
  41.6,
  44.66,
  46.95,
  48.73,
  51.49,
  50.03,
  60.64,
  63.36,
  66.36,
  68.2,
  68.12,
  69.78,
  72.6
);

describe("exponential smoothing against the book's R output", () => {
  test("simple smoothing of oil in Saudi Arabia: alpha 0.8339, level 446.59, forecast 542.68", () => {
    const fit = fitEts(OIL, 1, {trend: "none", season: false});
    expect(fit.alpha).toBeCloseTo(0.8339, 2);
    expect(fit.initial[0]).toBeCloseTo(446.59, 0);
    expect(etsMean(fit, 1, 1)[0]).toBeCloseTo(542.68, 1);
  });

  test("Holt's trend of air passengers in Australia: at least as good a fit as the book's, the same forecasts", () => {
    const fit = fitEts(AIR, 1, {trend: "additive", season: false});
    // The book's optimiser stopped at alpha 0.8302, beta* 0.0001, level 15.5715, slope 2.1017.
    let [level, trend, sse] = [15.5715, 2.1017, 0];
    for (const value of AIR) {
      const error = value - level - trend;
      sse += error * error;
      level += trend + 0.8302 * error;
      trend += 0.8302 * 0.0001 * error;
    }
    expect(fit.sse).toBeLessThanOrEqual(sse);
    expect(fit.sse).toBeGreaterThan(0.99 * sse);
    for (const [h, value] of [74.6, 76.7, 78.8].entries())
      expect(Math.abs(etsMean(fit, 1, 3)[h]! - value)).toBeLessThan(0.1);
  });

  test("a pure season comes back exactly", () => {
    const wave = Float64Array.from({length: 24}, (_, t) => 10 + [3, -1, -2, 0][t % 4]!);
    const fit = fitEts(wave, 4, {trend: "none", season: true});
    expect(Array.from(etsMean(fit, 4, 4), (value) => Math.round(value * 1e4) / 1e4)).toEqual([13, 9, 8, 10]);
  });
});

describe("the naive methods by hand", () => {
  const y = Float64Array.of(4, 8, 6, 10, 5, 9);
  const base = {y, season: 2, horizon: 3, seed: 1, nPaths: 20_000};
  const sdOf = (paths: Float64Array, h: number) => {
    const column = Array.from({length: 20_000}, (_, path) => paths[path * 3 + h]!);
    const centre = column.reduce((a, b) => a + b, 0) / column.length;
    return Math.sqrt(column.reduce((a, b) => a + (b - centre) ** 2, 0) / column.length);
  };

  test("naive repeats the last value; its spread grows with the root of the step", () => {
    const forecast = naive.forecast(base)!;
    expect([...forecast.mean]).toEqual([9, 9, 9]);
    // differences 4, -2, 4, -5, 4: mean square 77 / 5
    expect(sdOf(forecast.paths, 0)).toBeCloseTo(Math.sqrt(77 / 5), 1);
    expect(sdOf(forecast.paths, 2)).toBeCloseTo(Math.sqrt((3 * 77) / 5), 0);
  });

  test("seasonal naive repeats the last season; its spread grows once a season", () => {
    const forecast = seasonalNaive.forecast(base)!;
    expect([...forecast.mean]).toEqual([5, 9, 5]);
    // differences at lag 2: 2, 2, -1, -1: mean square 10 / 4
    expect(sdOf(forecast.paths, 1)).toBeCloseTo(Math.sqrt(2.5), 1);
    expect(sdOf(forecast.paths, 2)).toBeCloseTo(Math.sqrt(5), 1);
  });

  test("mean and run rate", () => {
    const forecast = mean.forecast(base)!;
    expect(forecast.mean[0]).toBe(7);
    // variance 28 / 5, of a new value times (1 + 1/6)
    expect(sdOf(forecast.paths, 0)).toBeCloseTo(Math.sqrt((28 / 5) * (7 / 6)), 1);
    expect(runRate.forecast(base)!.mean[0]).toBe(7.5);
  });

  test("theta of a straight line follows half its slope from where smoothing ends", () => {
    const line = Float64Array.from({length: 20}, (_, t) => 100 + 2 * t);
    const forecast = theta.forecast({y: line, season: 1, horizon: 4, seed: 1})!;
    const steps = [1, 2, 3].map((h) => forecast.mean[h]! - forecast.mean[h - 1]!);
    for (const step of steps) expect(step).toBeCloseTo(1, 6);
    expect(forecast.mean[0]).toBeGreaterThan(138);
    expect(forecast.mean[0]).toBeLessThan(141);
  });
});
