/** What every series forecaster must do, whatever its method. */

import {describe, expect, test} from "vitest";
import {quantilesOf} from "../../../loaders/forecast/numeric/quantiles.ts";
import {SERIES_FORECASTERS} from "../../../loaders/forecast/series/allSeries.ts";
import fc from "../../support/fc.ts";

const series = fc
  .array(fc.double({min: 0, max: 1e7, noNaN: true}), {minLength: 0, maxLength: 60})
  .map((values) => Float64Array.from(values));

for (const forecaster of SERIES_FORECASTERS)
  describe(forecaster.name, () => {
    test("answers with finite numbers of the right shape, or not at all when the series is too short", () => {
      fc.assert(
        fc.property(series, fc.constantFrom(1, 4, 13), fc.integer({min: 1, max: 9}), (y, season, horizon) => {
          const forecast = forecaster.forecast({y, season, horizon, seed: 3, nPaths: 40});
          if (y.length < forecaster.needs(season)) expect(forecast).toBeNull();
          if (!forecast) return;
          expect(forecast.mean).toHaveLength(horizon);
          expect(forecast.paths).toHaveLength(40 * horizon);
          expect([...forecast.mean, ...forecast.paths].every(Number.isFinite)).toBe(true);
        }),
        {numRuns: 40}
      );
    });

    const y = Float64Array.from({length: 40}, (_, t) => 100 + 5 * (t % 13) + ((t * 7919) % 31));
    const input = {y, season: 13, horizon: 6, seed: 5, nPaths: 400};

    test("the same seed gives the same bits, another seed other paths", () => {
      expect(forecaster.forecast(input)).toEqual(forecaster.forecast(input));
      expect(forecaster.forecast({...input, seed: 6})!.paths).not.toEqual(forecaster.forecast(input)!.paths);
    });

    test("is of the unit of its series: a hundred times the values, a hundred times the forecast", () => {
      const [one, hundred] = [input, {...input, y: y.map((value) => value * 100)}].map(
        (each) => forecaster.forecast(each)!.mean
      );
      for (let h = 0; h < 6; h++) expect(hundred![h]! / one![h]!).toBeCloseTo(100, 1);
    });

    test("centres its paths on its mean, with quantiles in order", () => {
      const {mean, paths, nPaths} = forecaster.forecast({...input, nPaths: 4000})!;
      for (let h = 0; h < 6; h++) {
        const column = Float64Array.from({length: nPaths}, (_, path) => paths[path * 6 + h]!);
        const average = column.reduce((a, b) => a + b, 0) / nPaths;
        expect(average).toBeCloseTo(mean[h]!, 3);
        const quantiles = [...quantilesOf(column)];
        expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
      }
    });
  });
