/** Deals with partners against like direct deals: what is held alike, and what a partner's part is. */
import {describe, expect, test} from "vitest";
import {dayNumber} from "../../src/slices/facts.ts";
import {factorsOf} from "../../src/slices/partners/likeDeals.ts";
import {partnerEffects} from "../../src/slices/partners/partnerEffect.ts";
import {dealTable, key, numbers, type SmallDeal, table} from "./tables.ts";

const closed = (n: number, some: Partial<SmallDeal>): SmallDeal[] =>
  Array.from({length: n}, () => ({outcome: "won", created: "2025-01-01", closed: "2025-06-01", ...some}));
const window = {from: dayNumber("2025-01-01"), to: dayNumber("2025-12-31")};

function originsOf(rows: readonly {origin: string; failed?: string | null}[]) {
  return table(rows.length, {
    deal: numbers(rows.map((_, i) => i)),
    origin: key(rows.map(({origin}) => origin)),
    failed_tests: key(rows.map(({failed = null}) => failed))
  });
}

describe("what is held alike", () => {
  test("a column that only deals which come far have is left out and said", () => {
    const deals = dealTable([
      ...closed(30, {family: "Pumps"}),
      ...closed(30, {outcome: "lost", family: null}),
      ...closed(30, {outcome: "lost", region: "South"})
    ]);
    const all = Array.from({length: 90}, (_, i) => i);
    const {names, late, words} = factorsOf(deals, all);
    expect(late).toEqual(["product family"]);
    // One segment, one type, one pipeline, one quarter say nothing; sizes here are all the same too.
    expect(names).toEqual(["region"]);
    expect(words).toHaveLength(1);
  });

  test("sizes are fifths of the known amounts", () => {
    const deals = dealTable(
      Array.from({length: 10}, (_, i) => ({...closed(1, {})[0]!, cents: (i + 1) * 100}))
    );
    const {names, words} = factorsOf(deals, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(words[names.indexOf("size")]).toEqual(["0", "0", "1", "1", "2", "2", "3", "3", "4", "4"]);
  });
});

test("a deal brought in time counts as brought though it closed after its window: to ask would select by the end", () => {
  const rows = [
    ...closed(20, {}).map((deal) => ({...deal, origin: "sourced", failed: null})),
    ...closed(20, {outcome: "lost"}).map((deal) => ({
      ...deal,
      origin: "influenced",
      failed: "not closed within the window"
    })),
    ...closed(10, {}).map((deal) => ({...deal, origin: "influenced", failed: "no registration"})),
    ...closed(15, {outcome: "lost"}).map((deal) => ({
      ...deal,
      origin: "influenced",
      failed: "no registration"
    })),
    ...closed(20, {}).map((deal) => ({...deal, origin: "direct", failed: null})),
    ...closed(60, {outcome: "lost"}).map((deal) => ({...deal, origin: "direct", failed: null})),
    ...closed(50, {closed: "2023-01-01"}).map((deal) => ({...deal, origin: "direct", failed: null}))
  ];
  const deals = dealTable(rows);
  const all = rows.map((_, i) => i);
  const [any, brought, helped] = partnerEffects(originsOf(rows), deals, all, window);
  expect(any!.robust).toMatchObject({nTreated: 65, nOthers: 80});
  // 30 of 65 against 20 of 80, 20 of 40 and 10 of 25 against the same: nothing differs but the partner.
  expect(any!.robust.difference).toBeCloseTo(30 / 65 - 0.25, 9);
  expect(brought!.robust.difference).toBeCloseTo(0.25, 9);
  expect(helped!.robust.difference).toBeCloseTo(0.15, 9);
  expect(brought!.strata.difference).toBeCloseTo(0.25, 9);
});

test("what columns do together is held alike too: partners who work where wins are easy get no effect for it", () => {
  // Wins are easy for large customers of the North and for small ones of the South alone, where partners are: no sum of size and region.
  const cells = [
    {segment: "Large", region: "North", ease: 0.8, partners: 150, direct: 50},
    {segment: "Small", region: "South", ease: 0.8, partners: 150, direct: 50},
    {segment: "Large", region: "South", ease: 0.2, partners: 50, direct: 150},
    {segment: "Small", region: "North", ease: 0.2, partners: 50, direct: 150}
  ];
  const rows = cells.flatMap(({ease, partners, direct, ...cell}) =>
    [partners, direct].flatMap((n, side) => [
      ...closed(Math.round(n * ease), cell).map((deal) => ({
        ...deal,
        origin: side === 0 ? "sourced" : "direct"
      })),
      ...closed(Math.round(n * (1 - ease)), {...cell, outcome: "lost"}).map((deal) => ({
        ...deal,
        origin: side === 0 ? "sourced" : "direct"
      }))
    ])
  );
  const deals = dealTable(rows);
  const [any] = partnerEffects(
    originsOf(rows),
    deals,
    rows.map((_, i) => i),
    window
  );
  expect(any!.strata.difference).toBeCloseTo(0, 9);
  expect(any!.robust.difference).toBeCloseTo(0, 2);
  expect(any!.factors.names).toEqual(["segment", "region"]);
});
