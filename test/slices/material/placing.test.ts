import {describe, expect, test} from "vitest";
import {costOf, hoursAt, meanLines, unitsOf} from "../../../src/slices/material/explode.ts";
import {
  dealShares,
  middleOf,
  monthsAhead,
  orderShares,
  sharesByWeek,
  weeksToDecide,
  wonIn
} from "../../../src/slices/material/placing.ts";
import type {PlanProduct} from "../../../src/slices/material/planningData.ts";

/** A press takes a frame and four drives, a line eight drives; both are welded, the line is tested too. */
const PRODUCTS: PlanProduct[] = [
  {name: "Press", takes: [[0, 1], [1, 4]], hours: [[0, 60], [0, 10]], otherCost: 0}, // biome-ignore format: a table
  {name: "Line", takes: [[1, 8]], hours: [[0, 80], [1, 50]], otherCost: 7} // biome-ignore format: a table
];

describe("explosion", () => {
  test("units, hours and cost are pieces times the bill", () => {
    // Two presses and three lines: 2 x 4 + 3 x 8 drives, 2 frames; 2 x 70 + 3 x 80 hours of welding.
    const lines = [
      [0, 2],
      [1, 3]
    ] as const;
    expect(unitsOf(lines, PRODUCTS, 0)).toBe(2);
    expect(unitsOf(lines, PRODUCTS, 1)).toBe(32);
    expect(hoursAt(lines, PRODUCTS, 0)).toBe(380);
    expect(hoursAt(lines, PRODUCTS, 1)).toBe(150);
    // 2 frames at 1,000, 32 drives without a cost, and 3 x 7 of what is not listed.
    expect(costOf(lines, PRODUCTS, [1000, null])).toBe(2021);
  });

  test("the mean of equally likely sets has fractions of pieces", () => {
    expect(meanLines([[[0, 1]], [[0, 2], [1, 1]], [], []])).toEqual([[0, 0.75], [1, 0.25]]); // biome-ignore format: a table
    expect(meanLines([])).toEqual([]);
  });
});

describe("placing", () => {
  test("a chance within weeks is told apart by week", () => {
    expect([1, 2, 3, 4].map((week) => wonIn([0.1, 0.1, 0.4], week))).toEqual([
      0.1, 0, 0.30000000000000004, 0
    ]);
  });

  test("a stretch of days is shared among weeks by its days, and what lies outside is in none", () => {
    // Ten days from day 5: three of the first week (1 to 7), seven of the second.
    expect(sharesByWeek(5, 14, 1, 3)).toEqual([0.3, 0.7, 0]);
    expect(sharesByWeek(-4, 5, 1, 2)).toEqual([0.5, 0]);
    expect(sharesByWeek(3, 3, 1, 1)).toEqual([1]);
  });

  test("hours of an order that is half built are half of them", () => {
    const order = {
      orderId: "A",
      dealId: null,
      account: null,
      lines: [],
      cost: 0,
      needOn: null,
      buildFrom: "1970-01-02",
      buildTo: "1970-01-15",
      buildShare: 0.5
    };
    expect(orderShares(order, 0, 3)).toEqual([0.25, 0.25, 0]);
  });

  test("a deal won in week 2 is produced after its material, from day 11 + 20 on", () => {
    expect(middleOf(2, 0)).toBe(11);
    // Days 32 to 45: weeks 5 (29 to 35), 6 and 7.
    const shares = dealShares(2, 0, {materialDays: 20, productionDays: 14}, 8);
    expect(shares.map((share) => share * 14)).toEqual([0, 0, 0, 0, 4, 7, 3, 0]);
  });

  test("months are counted from that of the as-of day, and what is overdue is needed now", () => {
    const day = (iso: string) => Date.parse(iso) / 86_400_000;
    const ahead = (iso: string) => monthsAhead(day(iso), day("2026-05-22"));
    expect(["2026-05-31", "2026-06-01", "2027-01-01", "2026-02-01"].map(ahead)).toEqual([0, 1, 8, 0]);
  });
});

describe("what must be ordered before the deal is won", () => {
  test("nothing where the supplier is faster than the order", () => {
    expect(weeksToDecide(100, 100, 365, 26)).toBe(0);
  });

  test("deals won before lead time less the usual days, and within so many days more", () => {
    // Needed 70 days after winning, ordered 105 days before that: 35 days before the deal is won. Today that is due for deals
    // won by day 35: weeks 1 to 5 have their middle on days 4, 11, 18, 25, 32.
    expect(weeksToDecide(105, 70, 0, 26)).toBe(5);
    expect(weeksToDecide(105, 70, 28, 26)).toBe(9);
    expect(weeksToDecide(1000, 70, 0, 26)).toBe(26);
  });
});
