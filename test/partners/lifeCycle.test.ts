/** The figures of the partner life cycle, against hand-worked and published cases. */
import {describe, expect, test} from "vitest";
import {Rng} from "../../loaders/twins/random/rng.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import {kaplanMeier} from "../../src/slices/kaplanMeier.ts";
import {coSellEffects, coSellPairs, coSold, joinBins} from "../../src/slices/partners/coSell.ts";
import {enablement} from "../../src/slices/partners/enablement.ts";
import {funds} from "../../src/slices/partners/funds.ts";
import {demandCells, marketCells} from "../../src/slices/partners/market.ts";
import {onboarding} from "../../src/slices/partners/onboarding.ts";
import {payoutClasses, payoutRows} from "../../src/slices/partners/payouts.ts";
import type {ProgrammeData} from "../../src/slices/partners/programmeData.ts";
import {rateRatio} from "../../src/slices/partners/rateRatio.ts";
import {countRatio, partnerTrends, rateChange, shift, sumRatio} from "../../src/slices/partners/trend.ts";
import {cents, days, dealTable, key, partTable, type SmallDeal, table} from "./tables.ts";

const AS_OF = "2026-05-01";
const today = dayNumber(AS_OF);
const NOTHING = table(0, {});
const data = (some: Partial<ProgrammeData>): ProgrammeData => ({
  asOf: AS_OF,
  activeDays: 90,
  fundWindowDays: 100,
  dueDays: 60,
  tierRules: [],
  tiers: [],
  rules: [],
  registrationsFrom: "2025-01-01",
  partners: NOTHING,
  parts: NOTHING,
  events: NOTHING,
  payouts: NOTHING,
  market: [],
  doubts: [],
  ...some
});

describe("where there is room, and where partners are missing", () => {
  const deals = dealTable([
    {outcome: "won", created: "2025-06-01", closed: "2025-09-01", cents: 1000},
    {outcome: "won", created: "2025-06-01", closed: "2025-09-01", cents: 3000},
    {outcome: "won", created: "2025-06-01", closed: "2025-09-01", cents: 2000},
    {outcome: "lost", created: "2025-06-01", closed: "2025-09-01"},
    {outcome: "lost", created: "2020-06-01", closed: "2020-09-01"},
    {outcome: "open", created: "2026-01-01", region: "South", family: null}
  ]);
  const parts = partTable([
    {deal: 0, partner: "A"},
    {deal: 3, partner: "B"},
    {deal: 4, partner: "B"}
  ]);

  test("room is untouched accounts x win rate with a partner x median won amount; old deals do not count", () => {
    const market = [
      {region: "North", segment: "Small", nAccounts: 20, nCustomers: 3, nInPlay: 7, nWhite: 10},
      {region: "South", segment: "(none)", nAccounts: 5, nCustomers: 0, nInPlay: 1, nWhite: 4}
    ];
    const [north, south] = marketCells(market, parts, deals, today);
    expect(north).toMatchObject({key: "North / Small", typicalCents: 2000, nWhite: 10});
    expect(north!.partner).toMatchObject({successes: 1, trials: 2});
    expect(north!.direct).toMatchObject({successes: 2, trials: 2});
    expect(north!.roomCents).toBe(Math.round(10 * north!.partner!.rate * 2000));
    expect(south).toMatchObject({key: "South / no segment", typicalCents: null, roomCents: null});
  });

  test("demand of a year by region and product, and what share of it has a partner", () => {
    const {cells, common} = demandCells(parts, deals, today);
    const north = cells.find((cell) => cell.key === "North / Pumps")!;
    expect(north).toMatchObject({nDeals: 4, cents: 6100, nWithPartner: 2, nPartners: 2, deals: [0, 1, 2, 3]});
    const south = cells.find((cell) => cell.key === "South / no product")!;
    expect(south).toMatchObject({nDeals: 1, nWithPartner: 0, nPartners: 0});
    expect(south.attach.verdict).toBe("not enough data");
    expect(south.nLacking).toBeCloseTo(common!, 9);
    expect(demandCells(NOTHING, deals, today)).toEqual({cells: [], common: null});
  });
});

test("onboarding: those that still wait are censored; those from before the exports are left out", () => {
  const partners = table(5, {
    partner: key(["quick", "waits", "old", "undated", "won at once"]),
    signed_on: days(["2025-02-01", "2026-04-01", "2020-01-01", null, "2025-03-01"]),
    first_registered_on: days(["2025-02-11", null, "2025-01-01", "2026-04-21", "2025-02-01"]),
    first_won_on: days(["2025-03-03", null, "2025-05-01", null, "2025-03-11"])
  });
  const waits = onboarding(data({partners}));
  expect(waits.toRegistration).toEqual([
    {days: 10, hasEnded: true},
    {days: 30, hasEnded: false},
    {days: 0, hasEnded: true}
  ]);
  expect(waits.toWin.map(({days: n}) => n)).toEqual([30, 30, 10]);
  expect(waits.registrationToWin).toHaveLength(4);
  expect([waits.nEarly, waits.nUndated, waits.waiting]).toEqual([1, 1, [1, 3]]);
  // At day 10 one of two at risk registers: two thirds, then a half of them wait on.
  expect(kaplanMeier(waits.toRegistration).at(-1)!.s).toBeCloseTo((2 / 3) * (1 / 2), 12);
});

test("enablement: trained on the day the deal began, within like deals and within the partner", () => {
  const deals = dealTable([
    {outcome: "lost", created: "2025-01-01", closed: "2025-02-01"},
    {outcome: "won", created: "2025-03-01", closed: "2025-04-01"},
    {outcome: "won", created: "2025-03-02", closed: "2025-04-01"},
    {outcome: "lost", created: "2025-03-02", closed: "2025-04-01"},
    {outcome: "open", created: "2025-03-02"}
  ]);
  const parts = partTable([
    {deal: 0, partner: "A"},
    {deal: 1, partner: "A"},
    {deal: 2, partner: "A"},
    {deal: 3, partner: "B"},
    {deal: 4, partner: "A"}
  ]);
  const events = table(2, {
    partner: key(["A", "A"]),
    kind: key(["training", "training"]),
    happened_on: days(["2025-03-01", "2025-03-02"])
  });
  const {groups, amongLike, ownBefore} = enablement(events, parts, deals);
  expect(groups.map(({nTrainings, n, won}) => [nTrainings, n, won])).toEqual([
    [0, 2, 0],
    [1, 1, 1],
    [2, 1, 1]
  ]);
  expect(amongLike).toMatchObject({nTreated: 2, nOthers: 2, raw: 1, difference: 1, overlap: 1});
  // B has only untrained deals: its stratum compares nothing.
  expect(ownBefore).toMatchObject({nTreated: 2, nOthers: 2, nStrata: 1, difference: 1});
});

test("the Mantel-Haenszel rate ratio of two strata, by hand", () => {
  const strata = [
    {inside: {n: 6, days: 100}, outside: {n: 4, days: 200}},
    {inside: {n: 3, days: 50}, outside: {n: 5, days: 150}},
    {inside: {n: 9, days: 10}, outside: {n: 0, days: 0}}
  ];
  // (6 x 200/300 + 3 x 150/200) / (4 x 100/300 + 5 x 50/200); the third stratum has no other side.
  const [over, under] = [4 + 2.25, 4 / 3 + 1.25];
  const spread = (10 * 100 * 200) / 300 ** 2 + (8 * 50 * 150) / 200 ** 2;
  const {ratio, lo, hi, nStrata, nInside} = rateRatio(strata);
  expect(ratio).toBeCloseTo(over / under, 12);
  expect(Math.log(hi! / lo!)).toBeCloseTo(2 * 1.959964 * Math.sqrt(spread / (over * under)), 9);
  expect([nStrata, nInside]).toEqual([2, 9]);
  expect(rateRatio([{inside: {n: 1, days: 5}, outside: {n: 0, days: 5}}])).toMatchObject({
    ratio: null,
    lo: null
  });
});

test("funds: deals begun within the window of any claim, each once", () => {
  const deals = dealTable([
    {outcome: "won", created: "2025-03-01", closed: "2025-06-01", cents: 500},
    {outcome: "open", created: "2025-06-08", cents: 70},
    {outcome: "lost", created: "2025-06-09", closed: "2025-07-01", cents: 30},
    {outcome: "won", created: "2025-02-28", closed: "2025-06-01", cents: 9}
  ]);
  const parts = partTable([0, 1, 2, 3].map((deal) => ({deal, partner: "A"})));
  const partners = table(2, {
    partner: key(["A", "B"]),
    tier: key(["Gold", null]),
    signed_on: days(["2025-01-01", "2025-01-01"]),
    fund_requested: cents([900, 0]),
    fund_approved: cents([800, 0]),
    fund_claimed: cents([700, 0])
  });
  // 100 days from 1 March and from 5 March: to 12 June; to 8 June without the second.
  const events = (on: string[]) =>
    table(on.length, {
      partner: key(on.map(() => "A")),
      kind: key(on.map(() => "fund_claim")),
      happened_on: days(on)
    });
  const one = funds(data({partners, parts, events: events(["2025-03-01"])}), deals);
  expect(one.rows).toEqual([
    {
      ...{partner: "A", tier: "Gold", requestedCents: 900, approvedCents: 800, claimedCents: 700, nClaims: 1},
      ...{deals: [0, 1], pipelineCents: 570, openCents: 70, wonCents: 500}
    }
  ]);
  const two = funds(data({partners, parts, events: events(["2025-03-01", "2025-03-05"])}), deals);
  expect(two.rows[0]).toMatchObject({deals: [0, 1, 2], pipelineCents: 600, wonCents: 500});
  expect(two.effect).toMatchObject({nInside: 3, nOutside: 1});
});

test("payouts: classes sum to what was paid, partners to what they won", () => {
  const payouts = table(3, {
    partner: key(["A", "A", "B"]),
    tier: key(["Gold", "Gold", null]),
    class: key(["as ruled", "late", "paid, no such deal"]),
    owed_amount: cents([100, 40, null]),
    paid_amount: cents([100, 0, 7])
  });
  const deals = dealTable([{outcome: "won", created: "2025-01-01", closed: "2025-02-01", cents: 1000}]);
  const classes = payoutClasses(payouts);
  expect(classes.map((each) => [each.class, each.n, each.owedCents, each.paidCents, each.isSettled])).toEqual(
    [
      ["late", 1, 40, 0, false],
      ["paid, no such deal", 1, 0, 7, false],
      ["as ruled", 1, 100, 100, true]
    ]
  );
  expect(payoutRows(payouts, partTable([{deal: 0, partner: "A"}]), deals)).toEqual([
    {
      partner: "A",
      tier: "Gold",
      owedCents: 140,
      paidCents: 100,
      wonCents: 1000,
      nWon: 1,
      share: 0.1,
      nOpenEntries: 1
    },
    {partner: "B", tier: null, owedCents: 0, paidCents: 7, wonCents: 0, nWon: 0, share: null, nOpenEntries: 1}
  ]);
});

test("what is owed of deals without an amount is not known, of others it is what the rules say", () => {
  const payouts = table(3, {
    partner: key(["A", "B", "B"]),
    tier: key([null, null, null]),
    class: key(["the deal has no amount", "the deal has no amount", "late"]),
    owed_amount: cents([null, null, 40]),
    paid_amount: cents([0, 0, 0])
  });
  const deals = dealTable([{outcome: "won", created: "2025-01-01", closed: "2025-02-01", cents: 1000}]);
  expect(payoutClasses(payouts).map((each) => [each.class, each.owedCents])).toEqual([
    ["late", 40],
    ["the deal has no amount", null]
  ]);
  const rows = payoutRows(payouts, partTable([{deal: 0, partner: "A"}]), deals);
  expect(rows.map(({partner, owedCents}) => [partner, owedCents])).toEqual([
    ["A", null],
    ["B", 40]
  ]);
});

describe("this year against the year before", () => {
  test("win rates by Newcombe's method 10: 56/70 against 48/80 is 0.2 (0.0524 to 0.3339), as he publishes", () => {
    const year = (nWon: number, n: number) => ({
      nBegun: 0,
      nWon,
      nLost: n - nWon,
      wonCents: 0,
      amounts: [],
      cycles: []
    });
    const change = rateChange(year(56, 70), year(48, 80))!;
    expect(change.value).toBeCloseTo(0.2, 9);
    expect(change.lo).toBeCloseTo(0.0524, 4);
    expect(change.hi).toBeCloseTo(0.3339, 4);
    expect(rateChange(year(2, 4), year(40, 80))).toBeNull();
  });

  test("the Hodges-Lehmann shift of two small samples, by hand", () => {
    // All 25 differences lie from -4 to 104; their median is 10.
    const change = shift([11, 12, 13, 14, 105], [1, 2, 3, 4, 5])!;
    expect(change.value).toBe(10);
    expect(change.lo).toBeGreaterThan(5);
    expect(change.hi).toBeGreaterThan(12);
    expect(shift([1, 2, 3, 4], [1, 2, 3, 4, 5])).toBeNull();
  });

  test("counts: 30 against 15 doubles, with the odds of Wilson's interval of 30 out of 45", () => {
    const change = countRatio(30, 15)!;
    expect(change.value).toBe(1);
    // Wilson by hand: (0.66667 + 0.04268) / 1.08537 +- 1.80581 x 0.07357, so 0.52071 to 0.78641.
    expect(change.lo).toBeCloseTo(0.52071 / 0.47929 - 1, 3);
    expect(change.hi).toBeCloseTo(0.78641 / 0.21359 - 1, 3);
    expect([countRatio(4, 5), countRatio(20, 0)]).toEqual([null, null]);
  });

  test("intervals of won money hold the true change about as often as they say", () => {
    const rng = new Rng().seed(11, 1);
    let held = 0;
    let n = 0;
    for (let i = 0; i < 1500; i++) {
      // Fifteen and ten wins a year on average, amounts log-normal with a spread of 0.8: the truth is 1.5.
      const [now, before] = [15, 10].map((mean) =>
        Array.from({length: rng.poisson(mean)}, () => Math.exp(0.8 * rng.normal()))
      );
      const change = sumRatio(now!, before!);
      if (!change) continue;
      n++;
      if (change.lo <= 0.5 && 0.5 <= change.hi) held++;
    }
    expect(n).toBeGreaterThan(1300);
    expect(held / n).toBeGreaterThan(0.92);
    expect(held / n).toBeLessThan(0.975);
  });

  test("the year ends on the as-of day; the first row is all partners; too few wins are not enough data", () => {
    const deals = dealTable([
      {outcome: "won", created: "2025-04-30", closed: "2025-05-02", cents: 10},
      {outcome: "won", created: "2025-03-01", closed: "2025-05-01", cents: 20},
      {outcome: "lost", created: "2025-05-02", closed: "2026-05-01"},
      {outcome: "won", created: "2024-04-01", closed: "2024-05-01", cents: 40}
    ]);
    const [all, a, b] = partnerTrends(
      partTable([
        {deal: 0, partner: "A"},
        {deal: 1, partner: "A"},
        {deal: 2, partner: "B"},
        {deal: 3, partner: "C"},
        {deal: 0, partner: "B", isOrigin: false}
      ]),
      deals,
      today
    );
    expect(all).toMatchObject({
      key: "All partners",
      now: {nBegun: 1, nWon: 1, nLost: 1, wonCents: 10, cycles: [2]},
      before: {nBegun: 2, nWon: 1, wonCents: 20, cycles: [61]},
      value: null,
      cycle: null,
      begun: null
    });
    expect([a!.key, b!.key]).toEqual(["A", "B"]);
  });
});

describe("deals worked together", () => {
  const list: SmallDeal[] = [
    // Joined by day 30 and still open then: compared.
    {outcome: "won", created: "2025-06-01", closed: "2025-09-01"},
    // Ended before its thirtieth day.
    {outcome: "lost", created: "2025-06-01", closed: "2025-06-20"},
    // Joined later: alone until then.
    {outcome: "won", created: "2025-06-01", closed: "2025-09-01"},
    // No day is known.
    {outcome: "lost", created: "2025-06-01", closed: "2025-09-01"},
    // Alone, compared; alone, too short; two partners.
    {outcome: "lost", created: "2025-06-01", closed: "2025-07-01"},
    {outcome: "lost", created: "2025-06-01", closed: "2025-06-02"},
    {outcome: "won", created: "2025-06-01", closed: "2025-09-01", owner: "Bo"}
  ];
  const deals = dealTable(list);
  const parts = partTable([
    {deal: 0, partner: "A", since: "2025-05-25", part: "sourced"},
    {deal: 1, partner: "A", since: "2025-06-02"},
    {deal: 2, partner: "A", since: "2025-07-10", meetings: 1},
    {deal: 3, partner: "A"},
    {deal: 6, partner: "A", since: "2025-06-11", meetings: 2},
    {deal: 6, partner: "B", since: "2025-06-05", isOrigin: false}
  ]);

  test("who joined when, from the first evidence of any partner", () => {
    const all = coSold(parts, deals);
    expect(all.map(({deal, age}) => [deal, age])).toEqual([
      [2, 39],
      [6, 4],
      [1, 1],
      [0, -7],
      [3, null]
    ]);
    expect(all[1]).toMatchObject({partners: ["A", "B"], nMeetings: 2, isSourced: false});
    expect(joinBins([2, 1, 1]).map(({n}) => n)).toEqual([0, 2, 1]);
    expect(joinBins([39, 4, 1, -7])).toEqual([
      {from: 0, to: 7, n: 2},
      ...[7, 14, 21, 28].map((from) => ({from, to: from + 7, n: 0})),
      {from: 35, to: 42, n: 1}
    ]);
  });

  test("compared at the landmark: who joins later was alone at it, who ended before it is not there", () => {
    const [any, first, later, , several] = coSellEffects(coSold(parts, deals), deals, today);
    // Together: 0 and 6, both won. Alone: 4 lost, and 2 won, whose partner came on day 39.
    expect(any).toMatchObject({nClosed: 5, nUndated: 1, nLate: 1, nShort: 1, nTreated: 2, nOthers: 2});
    expect(any!.difference).toBeCloseTo(1 - 1 / 2, 12);
    // Known by the seventh day: 0, 1 (too short) and 6; later: 2 alone. The one without a day is neither.
    expect(first).toMatchObject({nClosed: 3, nTreated: 2, nShort: 1, nLate: 0, nUndated: 0});
    expect(later).toMatchObject({nClosed: 1, nTreated: 0, nLate: 1});
    expect(several).toMatchObject({nClosed: 1, nTreated: 1});
  });

  test("pairs of rep and partner; a deal of two partners is in two of them", () => {
    expect(
      coSellPairs(parts, deals).map(({owner, partner, nDeals, nWon, wonCents}) => [
        owner,
        partner,
        nDeals,
        nWon,
        wonCents
      ])
    ).toEqual([
      ["Ana", "A", 4, 2, 200],
      ["Bo", "A", 1, 1, 100],
      ["Bo", "B", 1, 1, 100]
    ]);
  });
});

test("a workspace without partners has no rows anywhere, and nothing fails", () => {
  const deals = dealTable([{outcome: "won", created: "2025-06-01", closed: "2025-09-01"}]);
  expect(partnerTrends(NOTHING, deals, today)).toEqual([]);
  expect(coSold(NOTHING, deals)).toEqual([]);
  expect(coSellEffects([], deals, today)[0]).toMatchObject({nTreated: 0, difference: null, overlap: null});
  expect(funds(data({}), deals)).toMatchObject({rows: [], effect: {ratio: null}});
  expect(onboarding(data({})).toWin).toEqual([]);
  expect(payoutClasses(NOTHING)).toEqual([]);
  expect(enablement(NOTHING, NOTHING, deals).groups).toEqual([]);
});
