import {describe, expect, test} from "vitest";
import type {ChanceDeal} from "../../../loaders/planning/openPipeline.ts";
import {planDemand} from "../../../loaders/planning/planDemand.ts";
import {NO_STOCK} from "../../../loaders/planning/supply.ts";
import {dayNumber} from "../../../src/slices/facts.ts";
import {demandBehind} from "../../../src/slices/material/behind.ts";
import {decideTotal, demandMonths, materialRows, sum} from "../../../src/slices/material/demandRows.ts";
import {loadBehind, loadWeeks, overloads} from "../../../src/slices/material/load.ts";
import type {PlanningData, PlanOrder, PlanProduct} from "../../../src/slices/material/planningData.ts";

const products: PlanProduct[] = [{name: "Press", takes: [[0, 2]], hours: [[0, 30]], otherCost: 5}];
const offsets = {materialDays: 30, materialLow: null, materialHigh: null, productionDays: 14, nOrders: 9};
const asOf = "2026-05-22";
const order = (orderId: string, pieces: number, needOn: string | null): PlanOrder => ({
  orderId,
  dealId: null,
  account: null,
  lines: [[0, pieces]],
  cost: 205 * pieces,
  needOn,
  buildFrom: "2026-05-23",
  buildTo: "2026-06-05",
  buildShare: needOn === null ? 0.5 : 1
});
const orders = [order("SO1", 1, "2026-06-10"), order("SO2", 4, "2026-07-20"), order("SO3", 2, null)];
const chance = (dealId: string, weekly: number, pieces: number): ChanceDeal => ({
  dealId,
  won: Array.from({length: 26}, (_, week) => weekly * (week + 1)),
  sets: [[[0, pieces]]],
  isAssumed: dealId === "D2",
  amount: 0
});
const deals = [chance("D1", 0.03, 1), chance("D2", 0.01, 3)];
const plan = planDemand({
  ...{
    asOf: dayNumber(asOf),
    orders,
    deals,
    offsets,
    drift: 0,
    seed: 1,
    held: [{n: 8, inside80: 6}],
    stock: NO_STOCK
  },
  bill: {
    products,
    materials: [{id: "F", name: "Frame", leadDays: 44, unitCost: 100, isStocked: null}],
    centres: [{id: "W", name: "Welding", hoursPerWeek: 60}]
  }
});
const data: PlanningData = {
  ...{asOf, currency: "USD", products, offsets, orders, ...plan},
  likeBy: null,
  supply: {
    ...{hasStock: false, hasPurchases: false, countedFrom: null, countedTo: null, countedAfter: null},
    ...{nMaterials: 1, nUncounted: 1, nShortBeyond: 0}
  },
  deals: deals.map(({dealId, won, sets, isAssumed}) => ({
    ...{dealId, won, isAssumed, name: dealId, account: null, stage: null, lines: sets[0]!, cost: 0}
  })),
  ...{nOrders: 3, nDeals: 2, nAssumed: 1, assumedShare: null, leftOut: [], record: null}
};
const frame = data.materials[0]!;

describe("demand by month", () => {
  test("ends with the last month that needs anything, and sums to the whole", () => {
    const rows = demandMonths(data, frame);
    expect(rows[0]!.from).toBe("2026-05-01");
    // Frames of the orders that wait: two in June, eight in July.
    expect(rows.map(({firm}) => firm).slice(0, 4)).toEqual([0, 2, 8, 0]);
    expect(sum(rows.map(({mean}) => mean))).toBeCloseTo(frame.whole.mean, 9);
    expect(sum(demandMonths(data, null).map(({firm}) => firm))).toBe(205 * 5);
    expect(rows.at(-1)!.expected).toBeGreaterThan(0);
  });

  test("the orders and deals behind it sum to it, in units and in money", () => {
    for (const material of [frame, null]) {
      const {firm, whole} = material ?? data.cost;
      const behind = demandBehind(data, material);
      expect(sum(behind.map(({counted}) => counted))).toBeCloseTo(sum(firm) + whole.mean, 9);
      expect(behind.map(({id}) => id)).not.toContain("SO3");
    }
    expect(demandBehind(data, frame)[0]).toMatchObject({kind: "order", id: "SO2", counted: 8, chance: 1});
  });
});

describe("the table of materials", () => {
  test("says what is due for orders, and how long before the win deals' material is ordered", () => {
    // 44 days before June 10 is April 27; before July 20 it is June 6: past the day, but within four weeks.
    const row = (weeks: number) => materialRows(data, weeks)[0]!;
    expect(row(0)).toMatchObject({
      aheadDays: 14,
      firm: 10,
      firmPast: 2,
      nextOrderOn: "2026-06-06",
      dueCost: 200,
      held: "6 of 8"
    });
    expect(row(4).dueCost).toBe(1000);
    // 14 days ahead: deals won in weeks 1 and 2 (middles on days 4 and 11) are due today: 0.06 x 2 and 0.02 x 6 frames.
    expect(row(0).decide).toBeCloseTo(0.24, 9);
    expect(decideTotal(materialRows(data, 0))).toEqual({cost: expect.closeTo(24, 9), n: 1});
  });
});

describe("load", () => {
  test("is hours over what is offered, and what is too much comes fullest first", () => {
    const rows = loadWeeks(data);
    // Five presses whole and two by half in two weeks: 180 hours, 90 a week.
    expect(rows[0]).toMatchObject({firm: 90, load: 1.5, offered: 60});
    expect(overloads(rows).map(({week}) => week)).toEqual([0, 1]);
    const silent = loadWeeks({...data, centres: [{...data.centres[0]!, hoursPerWeek: null}]});
    expect(silent[0]!.load).toBeNull();
    expect(overloads(silent)).toEqual([]);
  });

  test("of every week is the sum of its orders and deals", () => {
    for (const week of loadWeeks(data))
      expect(sum(loadBehind(data, week).map(({counted}) => counted))).toBeCloseTo(week.total, 9);
  });
});
