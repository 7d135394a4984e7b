/** Stocks worked by hand. */
import {describe, expect, test} from "vitest";
import {balanceWeeks, dealShortage, firmShortage, supplyRows} from "../../../src/slices/material/net.ts";
import {
  PLAN_WEEKS,
  type PlanMaterial,
  type PlanningData,
  type Receipt,
  type Supply
} from "../../../src/slices/material/planningData.ts";

const asOf = "2026-05-22";
const offsets = {materialDays: 30, materialLow: null, materialHigh: null, productionDays: 14, nOrders: 9};
const none = new Array<number>(PLAN_WEEKS).fill(0);
const comes = (on: string, units: number, more: Partial<Receipt> = {}): Receipt => ({
  ...{id: "PO1", on, dueOn: on, units, isOverdue: false, isAssumed: false, ...more}
});
const supply = (more: Partial<Supply>): Supply => ({
  ...{onHand: 10, sites: [["Works", 10]], countedOn: asOf, receipts: [], undated: 0, needs: []},
  ...{expected: none, expectedP90: none, ...more}
});

describe("what orders make short", () => {
  test("is nothing while stock and what comes in time cover every day", () => {
    const covered = supply({
      needs: [
        ["2026-06-01", 8],
        ["2026-07-01", 6]
      ],
      receipts: [comes("2026-07-01", 4)]
    });
    expect(firmShortage(covered, 84, asOf)).toBeNull();
  });

  test("begins on the day on which more was needed than was there, though enough comes later", () => {
    // 10 less 8 is 2; 6 more are needed on July 1, four of them come a day late; then 12 more are needed and 8 are there.
    const late = supply({
      needs: [
        ["2026-06-01", 8],
        ["2026-07-01", 6],
        ["2026-09-01", 12]
      ],
      receipts: [comes("2026-07-02", 4), comes("2026-08-01", 8)]
    });
    // 84 days before July 1. At its lowest, on September 1, 10 + 12 - 26 = -4, as on July 1.
    expect(firmShortage(late, 84, asOf)).toEqual({on: "2026-07-01", units: 4, orderBy: "2026-04-08"});
    expect(firmShortage(late, null, asOf)!.orderBy).toBeNull();
  });

  test("is there at once where less than nothing is in stock, and a material without a count has none", () => {
    expect(firmShortage(supply({onHand: -2}), 7, asOf)).toEqual({on: asOf, units: 2, orderBy: "2026-05-15"});
    expect(firmShortage(supply({onHand: null, needs: [["2026-06-01", 3]]}), 7, asOf)).toMatchObject({
      on: "2026-06-01",
      units: 3
    });
  });

  test("does not come of fractions that floating point leaves", () => {
    const thirds = supply({onHand: 0.3, needs: [["2026-06-01", 0.1], ["2026-06-02", 0.1], ["2026-06-03", 0.1]]}); // biome-ignore format: a table
    expect(firmShortage(thirds, 7, asOf)).toBeNull();
  });
});

describe("what deals add", () => {
  // Week 2 ends on June 5; its middle is June 2, and 30 days later is July 2.
  const deals = supply({
    needs: [["2026-06-01", 8]],
    expected: none.map((_, week) => (week === 1 ? 3 : 0)),
    expectedP90: none.map((_, week) => (week === 0 ? 0 : 9))
  });

  test("is needed the usual days after the win", () => {
    expect(firmShortage(deals, 20, asOf)).toBeNull();
    expect(dealShortage(deals, 20, {asOf, offsets}, "expected")).toEqual({
      ...{on: "2026-07-02", units: 1, orderBy: "2026-06-12"}
    });
    expect(dealShortage(deals, 20, {asOf, offsets}, "p90")!.units).toBe(7);
  });

  test("of nine cases of ten is never less than is expected", () => {
    const lumpy = {...deals, expectedP90: none};
    expect(dealShortage(lumpy, 20, {asOf, offsets}, "p90")!.units).toBe(1);
  });
});

test("weeks run on from what is in stock, and the last one leaves what all comes to", () => {
  const rows = balanceWeeks(
    supply({
      needs: [
        [asOf, 2],
        ["2026-06-01", 8]
      ],
      receipts: [comes("2026-06-05", 5)],
      expected: none.map((_, week) => (week === 1 ? 3 : 0)),
      expectedP90: none.map((_, week) => (week === 0 ? 0 : 9))
    }),
    {asOf, offsets}
  );
  expect(rows.slice(0, 2)).toEqual([
    {from: "2026-05-23", received: 0, firm: 2, expected: 0, afterFirm: 8, afterExpected: 8, afterP90: 8},
    {from: "2026-05-30", received: 5, firm: 8, expected: 0, afterFirm: 5, afterExpected: 5, afterP90: 5}
  ]);
  // July 2 is in the sixth week.
  expect(rows.length).toBe(6);
  expect(rows.at(-1)).toMatchObject({afterFirm: 5, afterExpected: 2, afterP90: -4});
});

test("what must be ordered first comes first, then what deals make short; without stock there is nothing", () => {
  const material = (id: string, leadDays: number | null, of: Supply | null) =>
    ({id, name: id, leadDays, supply: of}) as PlanMaterial;
  const short = supply({needs: [["2026-08-01", 14]]});
  const data = {
    ...{asOf, offsets},
    materials: [
      material("lasts", 7, supply({})),
      material("deals", 7, supply({expected: none.map(() => 1)})),
      material("soon", 30, short),
      material("at once", 90, short),
      material("other", 7, null)
    ]
  } as PlanningData;
  const rows = supplyRows(data);
  expect(rows.map(({id}) => id)).toEqual(["at once", "soon", "deals", "lasts"]);
  // 90 days before August 1 is May 3, 19 days ago; 30 days before it is July 2.
  expect(rows.map(({orderBy, daysLate}) => [orderBy, daysLate])).toEqual([
    ["2026-05-03", 19],
    ["2026-07-02", null],
    [null, null],
    [null, null]
  ]);
});
