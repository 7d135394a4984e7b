/** What campaigns caused: the comparison of regions on hand-made arrivals, and on twins whose truth is planted. */
import {describe, expect, test} from "vitest";
import {plantedArrivals} from "../../bench/recovery/plantedArrivals.ts";
import {causedDeals, type UnitCampaign} from "../../loaders/marketing/causedDeals.ts";
import {exposureVariation, fitExcess} from "../../loaders/marketing/excessArrivals.ts";
import type {Arrival} from "../../loaders/marketing/exposure.ts";
import {costPerCaused} from "../../src/slices/marketing/causedDeals.ts";

const weeks = (...values: number[]) => Float64Array.from(values);

describe("the excess of a region over its usual share", () => {
  test("is what a ratio of ratios says when one region alone is treated", () => {
    // Region A: 10 in each of two usual weeks, 30 in each of two treated ones; region B 20 in all. Excess: 30/20 over 10/20, less 1.
    const fit = fitExcess({
      counts: [weeks(10, 10, 30, 30), weeks(20, 20, 20, 20)],
      exposures: [[weeks(0, 0, 1, 1), weeks(0, 0, 0, 0)]]
    })!;
    // Twice the usual 10 in each of two weeks.
    expect(fit.caused[0]!.estimate).toBeCloseTo(40, 4);
    expect(fit.total.estimate).toBeCloseTo(40, 4);
  });

  test("is untouched by what moves all regions of a week alike", () => {
    const exposures = [[weeks(0, 0, 1, 1), weeks(0, 0, 0, 0)]];
    const calm = fitExcess({counts: [weeks(10, 10, 20, 20), weeks(20, 20, 20, 20)], exposures})!;
    const season = fitExcess({counts: [weeks(10, 40, 10, 60), weeks(20, 80, 10, 60)], exposures})!;
    expect(calm.caused[0]!.estimate).toBeCloseTo(20, 4);
    // The same doubling, of a usual 5 and a usual 30.
    expect(season.caused[0]!.estimate).toBeCloseTo(35, 4);
  });

  test("has the variance of a log odds ratio's delta where a two-by-two table says it", () => {
    const fit = fitExcess({
      counts: [weeks(100, 150), weeks(100, 100)],
      exposures: [[weeks(0, 1), weeks(0, 0)]]
    })!;
    // The excess is e^b - 1 of a log odds ratio b with variance 1/100 + 1/150 + 1/100 + 1/100; usual 100 are multiplied.
    const ratio = 1.5;
    const variance = (100 * ratio) ** 2 * (3 / 100 + 1 / 150);
    expect(fit.caused[0]!.estimate).toBeCloseTo(50, 4);
    expect(fit.caused[0]!.variance / variance).toBeGreaterThan(0.99);
  });

  test("has no variation where a channel runs everywhere at once", () => {
    const counts = [weeks(10, 12, 30, 28), weeks(20, 22, 19, 21)];
    const everywhere = [weeks(0, 0, 1, 1), weeks(0, 0, 1, 1)];
    const [none, some] = exposureVariation({
      counts,
      exposures: [everywhere, [weeks(0, 1, 0, 1), weeks(0, 0, 0, 0)]]
    });
    expect(none).toBeLessThan(1e-4);
    expect(some).toBeGreaterThan(0.2);
  });
});

describe("what campaigns caused", () => {
  const arrivals = (n: number, regions: readonly string[]): Arrival[] =>
    Array.from({length: n}, (_, i) => ({
      day: 20_000 + ((i * 7) % 400),
      region: regions[i % regions.length]!,
      isWon: false,
      won: 0,
      sourcedBy: null
    }));
  const campaign = (from: number, regions: readonly string[] | null): UnitCampaign => ({
    unit: "fair",
    from,
    to: from + 5,
    cost: 1000,
    regions
  });
  const three = [20_050, 20_150, 20_250];

  test.each([
    [arrivals(300, ["A"]), three.map((from) => campaign(from, ["A"])), /fewer than two regions/],
    [
      arrivals(300, ["A", "B"]),
      three.map((from) => campaign(from, null)),
      /No campaign says in which regions/
    ],
    [arrivals(60, ["A", "B"]), three.map((from) => campaign(from, ["A"])), /takes 100 new customers/],
    [arrivals(300, ["A", "B"]), [], /No campaign has dates/],
    [arrivals(300, ["A", "B"]), three.map((from) => campaign(from, ["A", "B"])), /Not enough variation/]
  ])("is not said without a comparison, and why", (come, campaigns, reason) => {
    const {units, reason: why, all} = causedDeals(come, campaigns, 20_399, false);
    expect(why).toMatch(reason);
    expect(all).toBeNull();
    for (const unit of units) expect(unit.created).toBeNull();
  });

  test("counts deals without a region and leaves them out", () => {
    const come = [...arrivals(300, ["A", "B"]), ...arrivals(5, [""])];
    const said = causedDeals(
      come,
      three.map((from) => campaign(from, ["A"])),
      20_399,
      false
    );
    expect(said).toMatchObject({reason: null, nArrivals: 300, nWithoutRegion: 5, nRegions: 2});
  });

  test("costs a deal what the interval allows, without an upper end where it may be none", () => {
    expect(costPerCaused(100, {estimate: 10, lo: 5, hi: 20})).toEqual({estimate: 10, lo: 5, hi: 20});
    expect(costPerCaused(100, {estimate: 10, lo: -5, hi: 20})).toEqual({estimate: 10, lo: 5, hi: null});
    expect(costPerCaused(100, {estimate: -10, lo: -25, hi: -1})).toBeNull();
    expect(costPerCaused(null, {estimate: 10, lo: 5, hi: 20})).toBeNull();
  });
});

describe("what campaigns of twins caused, against what was planted", () => {
  const firms = Array.from({length: 12}, (_, i) => {
    const planted = plantedArrivals("software", 2000, i + 1, 0, "channel");
    const {arrivals, campaigns, asOf} = planted;
    const said = causedDeals(arrivals, campaigns, asOf, false);
    return said.units.map((unit) => ({
      ...unit,
      truth: planted.expected.reduce((sum, each, c) => sum + (campaigns[c]!.unit === unit.unit ? each : 0), 0)
    }));
  });
  const all = firms.flat();
  const told = all.filter(({created}) => created !== null);
  const of = (channel: string) => told.filter(({unit}) => unit === channel);

  test("lies within the 95% intervals nearly always", () => {
    expect(told.length).toBeGreaterThan(65);
    const held = told.filter(({created, truth}) => created!.lo <= truth && truth <= created!.hi).length;
    // Were the intervals right, fewer than 90% of 72 would hold once in forty runs; were they 80% ones, in all but a few.
    expect(held / told.length).toBeGreaterThan(0.9);
  });

  test("is found where much was planted, and right on average", () => {
    const fairs = of("event");
    const mean = (value: (each: (typeof fairs)[number]) => number) =>
      fairs.reduce((sum, each) => sum + value(each), 0) / fairs.length;
    expect(fairs.filter(({created}) => created!.lo > 0).length).toBeGreaterThanOrEqual(6);
    expect(mean(({created}) => created!.estimate) / mean(({truth}) => truth)).toBeGreaterThan(0.7);
    expect(mean(({created}) => created!.estimate) / mean(({truth}) => truth)).toBeLessThan(1.3);
  });

  test("is not found where credit alone was planted", () => {
    const search = of("google_ads");
    const credited = search.reduce((sum, each) => sum + each.credited, 0);
    expect(credited / search.length).toBeGreaterThan(30);
    for (const {truth} of search) expect(truth).toBe(0);
    expect(search.filter(({created}) => created!.lo > 0).length).toBeLessThanOrEqual(2);
  });

  test("cannot be told of what runs everywhere at once", () => {
    for (const {created, reason} of all.filter(({unit}) => unit === "email")) {
      expect(created).toBeNull();
      expect(reason).toMatch(/Not enough variation/);
    }
  });
});
