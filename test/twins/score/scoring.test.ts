/** The scores themselves, on hand-worked cases and by property. */

import {describe, expect, test} from "vitest";
import {scoreBookings} from "../../../loaders/twins/score/scoreBookings.ts";
import {ranks, scoreEstimates} from "../../../loaders/twins/score/scoreEstimates.ts";
import {scoreProbabilities} from "../../../loaders/twins/score/scoreProbabilities.ts";
import fc from "../../support/fc.ts";

const chance = fc.double({min: 0.01, max: 0.99, noNaN: true});

describe("chances", () => {
  test("are perfect when they are the truth, and never better than that", () => {
    fc.assert(
      fc.property(fc.array(fc.record({estimate: chance, truth: chance}), {minLength: 1}), (pairs) => {
        expect(scoreProbabilities(pairs).excess_log_loss).toBeGreaterThanOrEqual(-1e-12);
        const right = scoreProbabilities(pairs.map(({truth}) => ({estimate: truth, truth})));
        expect(right).toMatchObject({bias: 0, rmse: 0});
        expect(right.excess_log_loss).toBeCloseTo(0, 12);
      })
    );
  });

  test("lose what the hand-worked divergence says", () => {
    // 0.5 ln(0.5/0.25) + 0.5 ln(0.5/0.75) = 0.143841
    const score = scoreProbabilities([{estimate: 0.25, truth: 0.5}]);
    expect(score.excess_log_loss).toBeCloseTo(0.143841, 6);
    expect(score).toMatchObject({n: 1, bias: -0.25, rmse: 0.25, correlation: null});
  });

  test("outside 0..1 are refused, and so is an empty list", () => {
    expect(() => scoreProbabilities([{estimate: 1.2, truth: 0.5}])).toThrow(/outside 0\.\.1/);
    expect(() => scoreProbabilities([{estimate: Number.NaN, truth: 0.5}])).toThrow(/outside 0\.\.1/);
    expect(() => scoreProbabilities([])).toThrow(/at least one/);
  });
});

describe("estimates", () => {
  test("are scored as worked by hand", () => {
    const score = scoreEstimates([
      {estimate: 1, truth: 0, standard_error: 1},
      {estimate: 2, truth: 2, standard_error: 0.1},
      {estimate: 7, truth: 4, standard_error: 1, weight: 2}
    ]);
    // Weighted: truth mean (0 + 2 + 8) / 4 = 2.5; squares 1, 0, 2 x 9 = 19 / 4; of the mean 6.25, .25, 2 x 2.25 = 11 / 4.
    expect(score.bias).toBeCloseTo(7 / 4);
    expect(score.rmse).toBeCloseTo(Math.sqrt(19 / 4));
    expect(score.rmse_of_mean).toBeCloseTo(Math.sqrt(11 / 4));
    expect(score.skill).toBeCloseTo(1 - 19 / 11);
    expect(score.rank_correlation).toBeCloseTo(1);
    expect(score.coverage_80).toBeCloseTo(2 / 3);
  });

  test("of constant truth have no skill, without standard errors no coverage", () => {
    const score = scoreEstimates([
      {estimate: 1, truth: 2, standard_error: null},
      {estimate: 2, truth: 2, standard_error: null}
    ]);
    expect(score).toMatchObject({skill: null, rank_correlation: null, coverage_80: null});
    expect(() => scoreEstimates([{estimate: Number.NaN, truth: 1, standard_error: null}])).toThrow(/finite/);
  });

  test("ties share their mean rank", () => {
    expect(ranks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
  });
});

test("bookings are compared with the expected total of the same day and month", () => {
  const row = {as_of: "2025-01-31", part: "total" as const, p50_usd: 0};
  const truth = [
    {...row, month: "2025-02", mean_usd: 100, p10_usd: 60, p90_usd: 140},
    {...row, month: "2025-03", mean_usd: 300, p10_usd: 200, p90_usd: 400},
    {...row, month: "2025-03", part: "open" as const, mean_usd: 1, p10_usd: 1, p90_usd: 1}
  ];
  const score = scoreBookings(
    [
      {as_of: "2025-01-31", month: "2025-02", mean_usd: 120, p10_usd: 80, p90_usd: 120},
      {as_of: "2025-01-31", month: "2025-03", mean_usd: 240, p10_usd: null, p90_usd: null},
      {as_of: "2024-01-31", month: "2025-03", mean_usd: 9e9, p10_usd: null, p90_usd: null}
    ],
    truth
  );
  expect(score).toEqual({n: 2, wape_to_expected: 0.2, bias_to_expected: -0.1, relative_width_80: 0.5});
  expect(() => scoreBookings([], truth)).toThrow(/requires a forecast/);
});
