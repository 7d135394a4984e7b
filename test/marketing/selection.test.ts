// @vitest-environment jsdom
/** The Marketing page's filters: campaigns, or a part of their deals, add up as they do by hand. */
import {describe, expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {marketingPage} from "../../src/figures/marketing.ts";
import type {Asked} from "../../src/figures/pageFigures.ts";
import {campaignRows} from "../../src/slices/marketing/campaignRows.ts";
import {creditRanges} from "../../src/slices/marketing/creditRanges.ts";
import {
  acquisitionCost,
  acquisitionRange,
  type Costed,
  type MarketingData,
  type MarketingRow,
  paybackRange,
  returnOn
} from "../../src/slices/marketing/marketingData.ts";
import {paidTitle} from "../../src/views/marketing.ts";
import {marketingKpis} from "../../src/views/marketingKpis.ts";
import type {ShownMarketing} from "../../src/views/marketingSource.ts";
import type {PageContext} from "../../src/views/pageContext.ts";
import {dealTable} from "../partners/tables.ts";

const campaign = (id: string, channel: string, kind: string, cost: number | null) => ({
  ...{
    id,
    name: id.toUpperCase(),
    channel,
    kind,
    cost,
    costLagged: cost,
    startsOn: "2026-01-01",
    endsOn: "2026-02-01"
  },
  ...{nTouches: 10, nCounted: 6, nLate: 1, nLeads: 4, nConverted: 2}
});

const data = {
  asOf: "2026-05-22",
  seed: 1,
  models: ["first", "last"],
  campaigns: [
    campaign("a", "web", "Ads", 100),
    campaign("b", "web", "Mail", null),
    campaign("c", "fair", "Fair", 300)
  ],
  // Deals 0 and 1 by a, 2 by b, 3 by c; a and c touched deal 2, c touched deal 0.
  sourced: {
    deal: [0, 1, 2, 3],
    campaign: [0, 0, 1, 2],
    isNewCustomer: [true, false, true, false],
    monthly: [5, null, null, null]
  },
  influenced: {deal: [2, 2, 0], campaign: [0, 2, 2]},
  chances: [{p: 0.5, se: 0}],
  credits: [
    {campaign: 0, channel: "web", credits: [10, 30]},
    {campaign: 1, channel: "web", credits: [5, 5]},
    {campaign: 2, channel: "fair", credits: [20, 0]},
    {campaign: null, channel: "unknown", credits: [1, 1]}
  ]
} as unknown as MarketingData;
const deals = dealTable([
  {outcome: "won", created: "2026-01-01", closed: "2026-03-01", cents: 20_000},
  {outcome: "open", created: "2026-01-01", cents: 8000},
  {outcome: "won", created: "2026-01-01", closed: "2026-03-01", cents: 5000, region: "South"},
  {outcome: "lost", created: "2026-01-01", closed: "2026-03-01", cents: 7000}
]);
const rowsOf = (campaigns: number[], only: number[] | null = null) =>
  campaignRows(data, deals, {campaigns, deals: only === null ? null : new Set(only)});

describe("campaigns of a selection", () => {
  test("all of them: money sourced adds up over campaigns, each touched deal is influenced once a group", () => {
    const {total, channels, campaigns} = rowsOf([0, 1, 2]);
    expect(total).toMatchObject({
      cost: 400,
      nTouches: 30,
      nCounted: 18,
      nLate: 3,
      nSourced: 4,
      nWon: 2,
      nOpen: 1,
      sourcedWon: 250,
      sourcedPipeline: 400
    });
    expect(total!.nNewCustomers).toBe(2);
    // Every touched deal was sourced by some campaign; of the web's only deal 2 was touched, and the web sourced it.
    expect(total!.nInfluenced).toBe(0);
    expect(channels.find(({name}) => name === "web")).toMatchObject({
      nCampaigns: 2,
      cost: 100,
      nInfluenced: 0
    });
    expect(channels.find(({name}) => name === "fair")).toMatchObject({nInfluenced: 2, influencedWon: 250});
    expect(campaigns[0]).toMatchObject({name: "A", expected: 40, influencedWon: 50});
    expect(campaigns[1]!.cost).toBeNull();
    expect(total!.toCome.mean).toBe(40);
    const some = campaignRows(data, deals, {campaigns: [0, 1, 2], deals: null}, 1);
    expect(some.campaigns.map(({name}) => name)).toEqual(["A"]);
    expect(some.total).toMatchObject({nCampaigns: 3, sourcedWon: 250});
  });

  // By hand: a cost 100 and won 200 with one new customer, c cost 300 and won nothing; b won 50 with another, and nobody says what it cost.
  test("a return or a cost a customer is of the campaigns that say what they cost", () => {
    const {total, channels} = rowsOf([0, 1, 2]);
    expect(total!.costed).toMatchObject({
      nCampaigns: 2,
      nSourced: 3,
      nWon: 1,
      sourcedWon: 200,
      expected: 40,
      nNewCustomers: 1
    });
    expect(returnOn(total!.cost, total!.costed.sourcedWon)).toBe(-0.5);
    expect(acquisitionCost(total!)).toBe(400);
    expect(channels.find(({name}) => name === "web")!.costed).toMatchObject({nCampaigns: 1, sourcedWon: 200});
    expect(rowsOf([1]).total!.costed).toMatchObject({
      nCampaigns: 0,
      sourcedWon: 0,
      newMonthlyRecurring: null
    });
  });

  test("some campaigns only", () => {
    const {total, channels} = rowsOf([2]);
    expect(total).toMatchObject({cost: 300, nSourced: 1, nWon: 0, nInfluenced: 2});
    expect(channels).toHaveLength(1);
    expect(rowsOf([]).total).toBeNull();
  });

  test("a part of the deals: costs, touches and leads are of whole campaigns, so they are not known", () => {
    const {total} = rowsOf([0, 1, 2], [2]);
    expect(total).toMatchObject({
      cost: null,
      costLagged: null,
      nTouches: null,
      nCounted: null,
      nLeads: null,
      nSourced: 1,
      sourcedWon: 50
    });
  });
});

// By hand: a (which says its cost) sourced deals 0, won for 200, and 1; b (which does not) deal 2, won for 50.
test("what is counted and listed beside a return is of the campaigns that say what they cost", () => {
  const asked = {
    site: {quarters: [], dimensions: []},
    facts: {deals},
    files: {marketing: data},
    chosen: {filters: {campaign: ["A", "B"]}}
  };
  const figures = marketingPage.still(asked as unknown as Asked);
  expect(figures.won.all.rows).toEqual([0, 2]);
  expect(figures.won.costed.rows).toEqual([0]);
  const context = {site: {currency: "USD", catalogue: readMetrics()}} as unknown as PageContext;
  const shown = {frame: {grossMargin: null}, figures} as unknown as ShownMarketing;
  const [cost, back, projected] = [...marketingKpis(context, shown).children].map((card) => card.textContent);
  expect(cost).toContain("1 more does not say what it cost");
  expect(back).toContain("1 won deal");
  expect(projected).toContain("2 sourced deals");
  const none = {...asked, chosen: {filters: {campaign: ["B"]}}};
  const unknown = {...shown, figures: marketingPage.still(none as unknown as Asked)};
  expect(marketingKpis(context, unknown as ShownMarketing).children[3]!.textContent).toContain(
    "No campaign says what it cost."
  );
});

test("the title of channels' returns says of how many not every cost is known", () => {
  const row = (label: string, lo: number, mark: number | null) => ({label, lo, hi: lo + 10, mark});
  expect(paidTitle([row("web", 200, 100), row("fair", 50, null)])).toBe(
    "Web brings more than the cost; of 1 not every cost is known"
  );
  expect(paidTitle([row("web", 200, 100)])).toBe("Web brings more than the cost");
});

describe("credit of a selection", () => {
  test("channels are sums of their campaigns; touches of no campaign count when all are looked at", () => {
    const {units} = creditRanges(data, "channel", [0, 1, 2]);
    expect(units.map(({unit, credits}) => [unit, credits])).toEqual([
      ["web", [15, 35]],
      ["fair", [20, 0]],
      ["unknown", [1, 1]]
    ]);
    expect(units[0]).toMatchObject({bestRank: 1, worstRank: 2, lowest: 15, highest: 35});
    expect(creditRanges(data, "campaign", [0, 2]).units.map(({unit}) => unit)).toEqual(["A", "C"]);
    expect(creditRanges(data, "campaign", [])).toEqual({units: [], concordance: null});
  });
});

describe("how far luck moves the cost of a customer", () => {
  const row = (over: Partial<MarketingRow>) => over as MarketingRow;

  test("the cost over the quantiles of a Poisson rate", () => {
    // R: qgamma(c(.1, .9), 10.5) gives 6.619799 14.80754.
    const {lo, hi} = acquisitionRange(row({costLagged: 1000, costed: {nNewCustomers: 10} as Costed}))!;
    expect(lo).toBeCloseTo(1000 / 14.80754, 0);
    expect(hi).toBeCloseTo(1000 / 6.619799, 0);
  });

  test("without a customer there is no upper end, without a cost no range", () => {
    expect(acquisitionRange(row({costLagged: 1000, costed: {nNewCustomers: 0} as Costed}))).toMatchObject({
      hi: null
    });
    expect(acquisitionRange(row({costLagged: null, costed: {nNewCustomers: 3} as Costed}))).toBeNull();
  });

  test("payback: two customers alike leave it open by a factor of exp(1.28 / sqrt 2)", () => {
    const range = paybackRange(
      row({costLagged: 1000, costed: {newMonthlyRecurring: 50, newMonthlySquares: 1250} as Costed}),
      0.5
    )!;
    expect(range.hi / 40).toBeCloseTo(Math.exp(1.281552 / Math.SQRT2), 9);
    expect(range.lo * range.hi).toBeCloseTo(1600, 6);
  });
});
