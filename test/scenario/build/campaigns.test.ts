/** Money in campaigns: what the build measures of it, and what the lever makes of that. */
import {describe, expect, test} from "vitest";
import {fiscalPeriod} from "../../../loaders/forecast/history/calendar.ts";
import {campaignFacts, type Spent, spendHistory} from "../../../loaders/scenario/campaigns.ts";
import {discountHistory} from "../../../loaders/scenario/leverHistory.ts";
import {Rng} from "../../../loaders/twins/random/rng.ts";
import {warnings} from "../../../src/scenario/levers/warnings.ts";
import {outlook} from "../../../src/scenario/outlook/outlook.ts";
import {spendEffect} from "../../../src/scenario/spend/spendEffect.ts";
import {makeInput, NOTHING} from "../makeInput.ts";

const AS_OF = 20_588;

/** Campaigns of two channels whose deals follow spend to the power 0.4. */
function planted(n: number) {
  const rng = new Rng().seed(4, 8);
  return Array.from({length: n}, (_, i) => {
    const spend = Math.exp(8 + 2 * rng.next());
    const level = i % 2 === 0 ? 0.5 : 0.2;
    return {channel: i % 2 === 0 ? "Search" : "Fairs", spend, nDeals: rng.poisson(level * spend ** 0.4)};
  });
}

describe("what campaigns bring", () => {
  const counts = [
    {source: "Web", nDeals: 100, nCampaign: 60},
    {source: "Partner", nDeals: 50, nCampaign: 0},
    {source: "Fair", nDeals: 10, nCampaign: 8},
    {source: "Post", nDeals: 10, nCampaign: 0}
  ];

  test("the elasticity planted is found again within its standard error, shares are those counted", () => {
    const found = campaignFacts(planted(80), counts, ["Web", "Partner", "other sources"])!;
    expect(Math.abs(found.elasticity - 0.4)).toBeLessThan(3 * found.standardError);
    expect(found.standardError).toBeLessThan(0.1);
    expect(found.shares).toEqual({Web: 0.6, "other sources": 0.4});
    expect(found.n).toBe(80);
  });

  test("too few campaigns, or none behind any source, say nothing", () => {
    expect(campaignFacts(planted(2), counts, ["Web"])).toBeNull();
    expect(campaignFacts(planted(80), counts, ["Partner"])).toBeNull();
  });

  test("the range of the past is that of quarters' money, spread over the days it was spent on", () => {
    const quarters = [-6, -5, -4, -3, -2, -1].map((back) => fiscalPeriod(AS_OF + 1, "quarter", 1, back));
    const spent = quarters.map(
      ({from, to}, i): Spent => ({from, to, cost: [100, 300, 200, 200, 200, 200][i]!})
    );
    expect(spendHistory(spent, AS_OF, 1)).toMatchObject({lo: 0.5, hi: 1.5, n: 6});
    const [first, second] = [spent[0]!, spent[1]!];
    const across = {from: first.from, to: second.to, cost: 400};
    const even = spendHistory([across, ...spent.slice(2)], AS_OF, 1)!;
    expect(even.lo).toBeCloseTo((400 * (first.to - first.from + 1)) / (across.to - across.from + 1) / 200, 1);
    expect(spendHistory(spent.slice(3), AS_OF, 1)).toBeNull();
  });

  test("discounts of quarters against the newest four", () => {
    const lines = [-6, -5, -4, -3, -2, -1].map((back, i) => ({
      closed: fiscalPeriod(AS_OF + 1, "quarter", 1, back).from + 10,
      list: 1000,
      paid: [950, 800, 900, 900, 900, 900][i]!
    }));
    expect(discountHistory(lines, AS_OF, 1)).toMatchObject({lo: -0.05, hi: 0.1, n: 6});
    expect(discountHistory(lines.slice(3), AS_OF, 1)).toBeNull();
  });
});

describe("the campaign lever", () => {
  const facts = {elasticity: 0.4, standardError: 0.1};

  test("only the campaigns' share of a source moves; today's money changes nothing", () => {
    expect(spendEffect(facts, 0.6, 1)).toEqual({times: 1, relativeError: 0});
    expect(spendEffect(facts, 0.6, 2).times).toBeCloseTo(0.4 + 0.6 * 2 ** 0.4, 12);
    expect(spendEffect(facts, 0.6, 0).times).toBeGreaterThan(0.4);
  });

  test("its uncertainty is that of elasticities drawn from what was measured", () => {
    const rng = new Rng().seed(3, 3);
    const factors = Array.from({length: 40_000}, () => 0.4 + 0.6 * 1.5 ** (0.4 + 0.1 * rng.normal()));
    const mean = factors.reduce((sum, each) => sum + each, 0) / factors.length;
    const sd = Math.sqrt(factors.reduce((sum, each) => sum + (each - mean) ** 2, 0) / factors.length);
    expect(spendEffect(facts, 0.6, 1.5).relativeError / (sd / mean)).toBeCloseTo(1, 1);
  });

  test("more money brings more and makes it less sure; beyond the past it warns", () => {
    const input = {
      ...makeInput(),
      history: {campaigns: {lo: 0.7, hi: 1.3, n: 8, words: "in the last 8 quarters"}}
    };
    const at = (value: number, standardError = 0.3) =>
      outlook(
        {...input, campaigns: {...input.campaigns!, standardError}},
        {...NOTHING, levers: [{kind: "campaigns", value}]}
      );
    expect(at(2).mean).toBeGreaterThan(at(1.2).mean);
    const width = ({quantiles}: ReturnType<typeof at>) => quantiles.at(-1)! - quantiles[0]!;
    expect(width(at(3))).toBeGreaterThan(width(at(3, 0)));
    const words = (value: number) =>
      warnings(input, {...NOTHING, levers: [{kind: "campaigns", value}]}).map((each) => each.words);
    expect(words(1.2)).toEqual([]);
    expect(words(2)[0]).toMatch(/Campaign spend of \+100% has not been seen before/);
  });
});
