import {describe, expect, test} from "vitest";
import {askedIn, ruleCounts, unearned} from "../../src/slices/conformance.ts";
import {cell, dayNumber, type FactTable} from "../../src/slices/facts.ts";

/** deal, moment, stage, rule, day, met, assumed, owner */
type Row = [number, string, string, string, string, 0 | 1, 0 | 1, string];

function tableOf(rows: readonly Row[]): FactTable {
  const key = (at: number) => {
    const values = rows.map((row) => String(row[at]));
    const words = [...new Set(values)];
    return {kind: "key" as const, words, codes: values.map((value) => words.indexOf(value))};
  };
  const number = (at: number) => ({kind: "number" as const, values: rows.map((row) => Number(row[at]))});
  return {
    n: rows.length,
    columns: {
      deal: number(0),
      moment: key(1),
      stage: key(2),
      rule: key(3),
      asked_on: {kind: "day", values: rows.map((row) => dayNumber(row[4]))},
      is_met: number(5),
      is_assumed: number(6),
      owner_then: key(7)
    }
  };
}

const table = tableOf([
  [0, "entry", "Offer", "has a price", "2026-01-05", 1, 0, "Ann"],
  [1, "entry", "Offer", "has a price", "2026-01-09", 0, 0, "Bob"],
  [2, "entry", "Offer", "has a price", "2026-02-01", 1, 0, "Ann"],
  [2, "exit", "Offer", "we spoke", "2026-02-09", 0, 1, "Ann"],
  [3, "entry", "Offer", "has a price", "2025-12-31", 0, 0, "Ann"],
  [1, "now", "Offer", "has a price", "2026-03-31", 0, 0, "Bob"],
  [1, "now", "Offer", "has a date", "2026-03-31", 0, 0, "Bob"],
  [2, "now", "Offer", "has a price", "2026-03-31", 1, 0, "Ann"],
  [4, "now", "Demo", "has a price", "2026-03-31", 0, 0, "Ann"]
]);
const rows = [...Array(table.n).keys()];
const quarter = {from: "2026-01-01", to: "2026-03-31"};
const deals: FactTable = {n: 5, columns: {open_amount: {kind: "cents", values: [0, 500, 900, 0, 700]}}};

describe("rules asked when deals moved", () => {
  test("only those of the period, and none of today's", () => {
    expect(askedIn(table, rows, quarter)).toEqual([0, 1, 2, 3]);
  });

  test("by rule: met of known, the least met first, unknown ones last and without a rate", () => {
    const counts = ruleCounts(table, askedIn(table, rows, quarter), "rule");
    expect(counts.map(({key}) => key)).toEqual(["Offer, entry: has a price", "Offer, exit: we spoke"]);
    expect(counts[0]).toMatchObject({nMet: 2, nNotMet: 1, nUnknown: 0, met: 2 / 3});
    expect(counts[1]).toMatchObject({nMet: 0, nNotMet: 0, nUnknown: 1, met: null, lo: null});
  });

  test("by owner then", () => {
    const counts = ruleCounts(table, askedIn(table, rows, quarter), (row) =>
      String(cell(table, "owner_then", row))
    );
    expect(counts.map(({key, nMet, nNotMet, nUnknown}) => [key, nMet, nNotMet, nUnknown])).toEqual([
      ["Bob", 0, 1, 0],
      ["Ann", 2, 0, 1]
    ]);
  });
});

test("money in stages it has not earned: each deal once, whatever the number of rules it breaks", () => {
  expect(unearned(table, deals, rows)).toEqual([
    {deal: 4, stage: "Demo", rules: ["has a price"], cents: 700},
    {deal: 1, stage: "Offer", rules: ["has a price", "has a date"], cents: 500}
  ]);
});
