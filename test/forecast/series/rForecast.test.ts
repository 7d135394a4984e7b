/**
 * The series of Maven's public data at the origins of the accuracy protocol, against what R forecast 8.20 scored there
 * (naive, snaive, meanf, thetaf; WAPE, bias and relative CRPS over 102 weekly forecasts).
 */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {crps, quantilesOf} from "../../../loaders/forecast/numeric/quantiles.ts";
import {ets} from "../../../loaders/forecast/series/ets.ts";
import {mean, naive, seasonalNaive} from "../../../loaders/forecast/series/naive.ts";
import type {SeriesForecaster} from "../../../loaders/forecast/series/seriesForecaster.ts";
import {theta} from "../../../loaders/forecast/series/theta.ts";
import {sharedData} from "../../support/sharedData.ts";

const splits = sharedData("splits");

interface Scored {
  wape: number;
  bias: number;
  crps: number;
}

function score(forecaster: SeriesForecaster, series: string): Scored {
  const rows = (file: string) =>
    readFileSync(join(splits!, file), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(","))
      .filter(([name]) => name === series);
  const values = Float64Array.from(rows("maven_series.csv"), (row) => Number(row[4]));
  const sums = {error: 0, signed: 0, crps: 0, actual: 0};
  for (const [, at, steps, freq] of rows("maven_origins.csv")) {
    const [origin, horizon, season] = [Number(at), Number(steps), Number(freq)];
    const forecast = forecaster.forecast({
      y: values.slice(0, origin + 1),
      season,
      horizon,
      seed: 1,
      nPaths: 4000
    })!;
    for (let h = 0; h < horizon; h++) {
      const actual = values[origin + 1 + h]!;
      const column = Float64Array.from({length: 4000}, (_, path) => forecast.paths[path * horizon + h]!);
      sums.error += Math.abs(actual - forecast.mean[h]!);
      sums.signed += forecast.mean[h]! - actual;
      sums.crps += crps(actual, quantilesOf(column));
      sums.actual += actual;
    }
  }
  return {wape: sums.error / sums.actual, bias: sums.signed / sums.actual, crps: sums.crps / sums.actual};
}

describe.skipIf(!splits)("against R forecast on public weekly series", () => {
  for (const [forecaster, series, wape, bias, crpsRel] of [
    [naive, "maven_weekly_revenue", 0.293, -0.002, 0.225],
    [seasonalNaive, "maven_weekly_revenue", 0.174, 0.045, 0.133],
    [mean, "maven_weekly_revenue", 0.209, 0.025, 0.158],
    [theta, "maven_weekly_revenue", 0.288, 0.069, 0.219],
    [naive, "maven_weekly_wins", 0.243, -0.02, 0.183],
    [seasonalNaive, "maven_weekly_wins", 0.117, 0.03, 0.085],
    [mean, "maven_weekly_wins", 0.192, 0.024, 0.147],
    [theta, "maven_weekly_wins", 0.223, 0.029, 0.17]
  ] as const)
    test(`${forecaster.name} on ${series}`, () => {
      const scored = score(forecaster, series);
      expect(scored.wape).toBeCloseTo(wape, 3);
      expect(scored.bias).toBeCloseTo(bias, 3);
      expect(Math.abs(scored.crps - crpsRel)).toBeLessThan(0.0025);
    });

  test("exponential smoothing, whose forms are chosen from fewer than R's, scores within 2% of R's 0.281 and 0.216", () => {
    expect(Math.abs(score(ets, "maven_weekly_revenue").wape / 0.281 - 1)).toBeLessThan(0.02);
    expect(Math.abs(score(ets, "maven_weekly_wins").wape / 0.216 - 1)).toBeLessThan(0.02);
  });
});
