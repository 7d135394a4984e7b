/** Projection, ranges, ranks, curves and funnel against hand-worked cases and what is known of them. */
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {type FinishedCampaign, fitSpendCurves} from "../../loaders/marketing/fitSpendCurves.ts";
import {leadFunnel} from "../../loaders/marketing/leadFunnel.ts";
import {Rng} from "../../loaders/twins/random/rng.ts";
import {spendResponse} from "../../src/scenario/spend/spendResponse.ts";
import {luckRange} from "../../src/slices/marketing/luckRange.ts";
import {chanceAfter, chanceAt, chancesByWeek, projectWon} from "../../src/slices/marketing/projectWon.ts";
import {rankStability} from "../../src/slices/marketing/rankStability.ts";

describe("the chance of an open deal", () => {
  // Ten end on each of the days 10 (won), 20 (lost) and 30 (won): of those open on day 15, half are won.
  const spells = [10, 20, 30].flatMap((days) =>
    Array.from({length: 10}, () => ({days, cause: days === 20 ? 1 : 0}))
  );

  test("is the share won of those that were open as long", () => {
    expect(chanceAfter(spells, 0)!.p).toBeCloseTo(2 / 3, 12);
    expect(chanceAfter(spells, 15)!.p).toBeCloseTo(1 / 2, 12);
    expect(chanceAfter(spells, 15)!.se).toBeCloseTo(Math.sqrt((0.5 * 0.5) / 20), 12);
    expect(chanceAfter(spells, 25)!.p).toBe(1);
  });

  test("follows what lasts longer as the firm's late deals ended", () => {
    // Twelve are watched to day 40, when four are won; then fewer than ten are left.
    const watched = [
      ...Array.from({length: 4}, () => ({days: 40, cause: 0})),
      ...Array.from({length: 6}, () => ({days: 50, cause: 0})),
      ...Array.from({length: 2}, () => ({days: 60, cause: 1}))
    ];
    const {p, se} = chanceAfter(watched, 0)!;
    // Fewer than twenty ended at all, so that all twelve tell of the eight left: ten of them won.
    expect(p).toBeCloseTo(4 / 12 + (8 / 12) * (10 / 12), 12);
    const [ofCurve, ofTail] = [((4 / 12) * (8 / 12)) / 12, ((8 / 12) ** 2 * (10 / 12) * (2 / 12)) / 12];
    expect(se).toBeCloseTo(Math.sqrt(ofCurve + ofTail), 12);
  });

  test("is not known where fewer than ten were watched, and then taken from the oldest known age", () => {
    expect(chanceAfter(spells, 31)).toBeNull();
    expect(chanceAt(chancesByWeek(spells), 400).p).toBe(1);
    expect(chanceAt(chancesByWeek([]), 5)).toEqual({p: 0, se: 0});
  });

  test("makes a projection whose mean is exact and whose interval holds what it says", () => {
    const {money, deals} = projectWon(
      Array.from({length: 60}, () => ({ageDays: 0, amount: 100})),
      () => ({p: 0.3, se: 0}),
      7
    );
    expect(money.mean).toBeCloseTo(60 * 0.3 * 100, 6);
    // Binomial(60, 0.3): the 10 % and 90 % points are 13 and 23 (R: qbinom(c(.1, .9), 60, .3) gives 13 23).
    expect(deals.lo).toBeGreaterThanOrEqual(13);
    expect(deals.lo).toBeLessThanOrEqual(14);
    expect(deals.hi).toBeGreaterThanOrEqual(22);
    expect(deals.hi).toBeLessThanOrEqual(23);
    expect(projectWon([], () => ({p: 0.3, se: 0}), 7).money).toEqual({mean: 0, lo: 0, hi: 0});
  });
});

test("a channel's range of luck covers its expected money at about the rate it says", () => {
  const rng = new Rng().seed(3, 1);
  let inside = 0;
  const trials = 300;
  for (let trial = 0; trial < trials; trial++) {
    const amounts = Array.from({length: rng.poisson(12)}, () => 100 * rng.exponential());
    const {lo, hi} = luckRange(amounts, 100, trial);
    if (lo <= 1200 && hi >= 1200) inside++;
  }
  expect(inside / trials).toBeGreaterThan(0.72);
  expect(inside / trials).toBeLessThan(0.88);
  expect(luckRange([], 100, 1).hi).toBeGreaterThan(50);
});

describe("rank stability", () => {
  const credits = (rows: number[][]) =>
    new Map(rows.map((row, model) => [`m${model}`, new Map(row.map((value, i) => [`u${i}`, value]))]));

  test("gives the range of credit and of ranks", () => {
    const {units} = rankStability(
      credits([
        [5, 3, 1],
        [1, 4, 2]
      ])
    );
    expect(units[0]).toEqual({unit: "u1", lowest: 3, highest: 4, mean: 3.5, bestRank: 1, worstRank: 2});
    expect(units.find(({unit}) => unit === "u0")).toMatchObject({bestRank: 1, worstRank: 3});
  });

  test("has Kendall's W of the textbook's judges", () => {
    // Three judges' ranks of six: W = 0.162 (Siegel & Castellan 1988, table 9.9: sums of ranks 8, 14, 11, 11, 11, 8).
    const ranks = [
      [1, 6, 3, 2, 5, 4],
      [1, 5, 6, 4, 2, 3],
      [6, 3, 2, 5, 4, 1]
    ];
    expect(rankStability(credits(ranks.map((row) => row.map((rank) => -rank)))).concordance).toBeCloseTo(
      0.162,
      3
    );
  });

  test("agrees wholly when all models order alike, and is undefined for one unit", () => {
    expect(
      rankStability(
        credits([
          [3, 2, 1],
          [30, 20, 10]
        ])
      ).concordance
    ).toBeCloseTo(1, 12);
    expect(rankStability(credits([[3], [2]])).concordance).toBeNull();
  });
});

describe("spend response", () => {
  test("of one channel with two spends is exact: it goes through both means", () => {
    const made = [100, 100, 400, 400].map((spend, i) => ({channel: "a", spend, nDeals: [3, 5, 7, 9][i]!}));
    const {curves, dispersion} = fitSpendCurves(made)!;
    expect(curves[0]!.elasticity).toBeCloseTo(Math.log(8 / 4) / Math.log(4), 9);
    const curve = {...curves[0]!, valuePerDeal: 10};
    expect(spendResponse(curve, 100).deals).toBeCloseTo(4, 8);
    expect(spendResponse(curve, 400).deals).toBeCloseTo(8, 8);
    expect(spendResponse(curve, 400).money).toBeCloseTo(80, 6);
    // Pearson: (1 + 1) / 4 + (1 + 1) / 8 over two degrees of freedom is below 1, so Poisson's own.
    expect(dispersion).toBe(1);
    // The variance of a group's log mean is 1 / its total: 1 / 8 at 100, 1 / 16 at 400.
    const half = Math.log(spendResponse(curve, 100).hi / 4) / 1.281552;
    expect(half ** 2).toBeCloseTo(1 / 8, 8);
    expect(spendResponse(curve, 401).isObserved).toBe(false);
    expect(() => spendResponse(curve, 0)).toThrow(RangeError);
  });

  test("finds the elasticity it was made with, within its intervals at about their rate", () => {
    const rng = new Rng().seed(11, 5);
    let inside = 0;
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const made: FinishedCampaign[] = Array.from({length: 40}, (_, i) => {
        const spend = 1000 * Math.exp(1.2 * rng.next());
        return {channel: i % 2 ? "a" : "b", spend, nDeals: rng.poisson((i % 2 ? 0.4 : 0.2) * spend ** 0.5)};
      });
      const curve = fitSpendCurves(made)!.curves[0]!;
      if (Math.abs(curve.elasticity - 0.5) <= 1.281552 * Math.sqrt(curve.varElasticity)) inside++;
    }
    expect(inside / trials).toBeGreaterThan(0.72);
    expect(inside / trials).toBeLessThan(0.9);
  });

  test("is not claimed where it cannot be: too few campaigns, no deals, one spend", () => {
    const at = (spend: number, nDeals: number) => ({channel: "a", spend, nDeals});
    expect(fitSpendCurves([at(1, 1), at(2, 2)])).toBeNull();
    expect(fitSpendCurves([at(1, 0), at(2, 0), at(3, 0), at(4, 0)])).toBeNull();
    expect(fitSpendCurves([at(5, 1), at(5, 2), at(5, 3), at(5, 4)])).toBeNull();
  });

  test("does not depend on the unit of money", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({min: 10, max: 99}), fc.integer({min: 1, max: 9})), {
          minLength: 5,
          maxLength: 12
        }),
        (pairs) => {
          const made = pairs.map(([spend, nDeals]) => ({channel: "a", spend, nDeals}));
          const own = fitSpendCurves(made);
          const cents = fitSpendCurves(made.map((each) => ({...each, spend: each.spend * 100})));
          expect(own === null).toBe(cents === null);
          if (!own || !cents) return;
          const deals = (fit: typeof own, spend: number) =>
            spendResponse({...fit.curves[0]!, valuePerDeal: 0}, spend);
          expect(deals(cents, 5000).deals / deals(own, 50).deals).toBeCloseTo(1, 6);
          expect(deals(cents, 5000).hi / deals(own, 50).hi).toBeCloseTo(1, 5);
        }
      )
    );
  });
});

test("the funnel counts what happened and censors leads that are young", () => {
  const lead = (created: number, converted: number | null, won: number | null = null) => ({
    source: "Web",
    created,
    converted,
    qualified: won,
    won,
    lost: null,
    wonAmount: won === null ? 0 : 100
  });
  // Twenty old leads, ten of which became a deal after 5 days; ten leads of yesterday cannot count against them.
  const rows = [
    ...Array.from({length: 10}, () => lead(0, 5, 50)),
    ...Array.from({length: 10}, () => lead(0, null)),
    ...Array.from({length: 10}, () => lead(99, null))
  ];
  const [web] = leadFunnel(rows, 100);
  expect(web).toMatchObject({nLeads: 30, nDeals: 10, nQualified: 10, nWon: 10, wonAmount: 1000});
  expect(web!.converted.at(-1)).toMatchObject({t: 5, share: 0.5});
  expect(web!.won.at(-1)).toMatchObject({t: 50, share: 0.5});
});
