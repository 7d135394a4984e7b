/** Tiers by results: partners with known wins, against what is usual in each tier. */
import {describe, expect, test} from "vitest";
import type {ProgrammeData, TierRule} from "../../src/slices/partners/programmeData.ts";
import {tierAdvice} from "../../src/slices/partners/tiers.ts";
import {days, dealTable, key, numbers, partTable, type SmallDeal, table} from "./tables.ts";

interface SmallPartner {
  name: string;
  tier: string | null;
  signed?: string | null;
  nWon: number;
  nLost?: number;
  cents?: number;
}

/** Every partner's deals closed in the last two years, a month apart. */
function programme(
  partners: readonly SmallPartner[],
  tiers: readonly string[],
  rules: Record<string, Partial<TierRule>> = {}
) {
  const list = partners.flatMap(({name, nWon, nLost = nWon, cents = 1000}) =>
    Array.from({length: nWon + nLost}, (_, i): SmallDeal & {partner: string} => ({
      partner: name,
      outcome: i < nWon ? "won" : "lost",
      created: "2025-01-01",
      closed: `2025-${String((i % 9) + 3).padStart(2, "0")}-10`,
      cents
    }))
  );
  const data = {
    asOf: "2026-05-22",
    tiers: [...tiers],
    tierRules: tiers.map((tier) => ({yearCents: null, nTrainings: null, ...rules[tier]})),
    partners: table(partners.length, {
      partner: key(partners.map(({name}) => name)),
      tier: key(partners.map(({tier}) => tier)),
      signed_on: days(partners.map(({signed = "2023-01-01"}) => signed)),
      n_trainings: numbers(partners.map(() => 1))
    }),
    parts: partTable(list.map(({partner}, deal) => ({deal, partner})))
  } as unknown as ProgrammeData;
  return {data, deals: dealTable(list)};
}

const usual: SmallPartner[] = [
  ...["a", "b", "c"].map((name) => ({name, tier: "Silver", nWon: 10})),
  ...["d", "e", "f"].map((name) => ({name, tier: "Gold", nWon: 40})),
  ...["g", "h", "i"].map((name) => ({name, tier: "Platinum", nWon: 80}))
];
const TIERS = ["Silver", "Gold", "Platinum"];
const adviceOf = (
  more: readonly SmallPartner[],
  tiers = TIERS,
  rules: Record<string, Partial<TierRule>> = {}
) => {
  const {data, deals} = programme([...usual, ...more], tiers, rules);
  const {rows, middles} = tierAdvice(data, deals);
  return {middles, of: (name: string) => rows.find(({partner}) => partner === name)};
};

describe("tiers by results", () => {
  test("the middle partner of each tier, a year of the two", () => {
    const {middles} = adviceOf([]);
    expect(middles.map(({tier, n}) => [tier, n])).toEqual([
      ["Silver", 3],
      ["Gold", 3],
      ["Platinum", 3]
    ]);
    // Ten wins of 1000 cents in 730 days are half as many a year.
    expect(middles.map(({cents}) => cents)).toEqual([5000, 20_000, 40_000]);
  });

  test("a Silver partner that wins what the Golds do is suggested up, a Gold that wins little down, with the figures", () => {
    const {of} = adviceOf([
      {name: "riser", tier: "Silver", nWon: 70},
      {name: "faller", tier: "Gold", nWon: 0, nLost: 12},
      {name: "lucky", tier: "Silver", nWon: 1, nLost: 1, cents: 60_000}
    ]);
    expect(of("riser")).toMatchObject({advice: "up", to: "Gold", above: 20_000, nWon: 70});
    expect(of("riser")!.lo).toBeGreaterThan(20_000);
    expect(of("faller")).toMatchObject({advice: "down", to: "Silver", below: 5000});
    // One large deal is luck, and two closed deals are too few.
    expect(of("lucky")).toMatchObject({advice: "keep", to: "Silver"});
    expect(of("a")).toMatchObject({advice: "keep"});
  });

  test("the highest has nowhere to rise, the lowest nowhere to fall", () => {
    const {of} = adviceOf([
      {name: "best", tier: "Platinum", nWon: 300},
      {name: "least", tier: "Silver", nWon: 0, nLost: 9}
    ]);
    expect(of("best")).toMatchObject({advice: "keep", to: "Platinum", above: null});
    expect(of("least")).toMatchObject({advice: "keep", to: "Silver", below: null});
  });

  test("it is too early within a year, and a tier with two partners says nothing", () => {
    const {of} = adviceOf(
      [
        {name: "new", tier: "Silver", signed: "2025-12-01", nWon: 60},
        {name: "rare", tier: "Diamond", nWon: 200},
        {name: "unranked", tier: "Bronze", nWon: 60},
        {name: "none", tier: null, nWon: 60}
      ],
      [...TIERS, "Diamond"]
    );
    expect(of("new")).toMatchObject({advice: "too early"});
    expect(of("rare")).toMatchObject({advice: "not enough data"});
    expect(of("unranked")).toBeUndefined();
    expect(of("none")).toBeUndefined();
  });

  test("what the programme asks stands in the middle partner's place, trainings included", () => {
    // Gold asks 12,000 cents a year and two trainings, which nobody has; the usual Golds win 20,000 a year.
    const asked = adviceOf([{name: "riser", tier: "Silver", nWon: 70}], TIERS, {
      Gold: {yearCents: 12_000, nTrainings: 2}
    });
    expect(asked.middles[1]).toEqual({tier: "Gold", cents: 12_000, n: 3, isAsked: true});
    expect(asked.of("riser")).toMatchObject({advice: "keep", above: 12_000, nTrainings: 1});
    const trained = adviceOf([{name: "riser", tier: "Silver", nWon: 70}], TIERS, {
      Gold: {yearCents: 12_000, nTrainings: 1}
    });
    expect(trained.of("riser")).toMatchObject({advice: "up", to: "Gold"});
    // Forty wins a year of 1,000: below 60,000 whatever luck did.
    const strict = adviceOf([], TIERS, {Gold: {yearCents: 60_000}});
    expect(strict.of("d")).toMatchObject({advice: "down", to: "Silver", own: 60_000});
    expect(adviceOf([]).of("d")).toMatchObject({advice: "keep"});
  });
});
