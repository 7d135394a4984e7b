import {describe, expect, test} from "vitest";
import {largestFirst} from "../../loaders/planning/largestFirst.ts";
import type {ChanceDeal} from "../../loaders/planning/openPipeline.ts";
import {planDemand} from "../../loaders/planning/planDemand.ts";
import {resourcesOf, takenBy} from "../../loaders/planning/resources.ts";
import {drawDemand, expectedByWeek, simulateDemand} from "../../loaders/planning/simulateDemand.ts";
import {stretchesOf} from "../../loaders/planning/stretches.ts";
import {NO_STOCK} from "../../loaders/planning/supply.ts";
import {Rng} from "../../loaders/twins/random/rng.ts";
import type {PlanOrder, PlanProduct} from "../../src/slices/material/planningData.ts";

const PRODUCTS: PlanProduct[] = [
  {name: "Press", takes: [[0, 1], [1, 4]], hours: [[0, 60]], otherCost: 0}, // biome-ignore format: a table
  {name: "Line", takes: [[1, 8]], hours: [[0, 80], [1, 50]], otherCost: 0} // biome-ignore format: a table
];
const COSTS = [1000, 10];
const RESOURCES = resourcesOf(PRODUCTS, COSTS, 2);
const WEEKS = 26;

function deal(won: number[], sets: ChanceDeal["sets"], dealId = "D"): ChanceDeal {
  return {
    dealId,
    won: [...won, ...new Array<number>(WEEKS - won.length).fill(won.at(-1)!)],
    sets,
    isAssumed: false,
    amount: 0
  };
}

/** Deals with random curves and lines; the same in every run. */
function manyDeals(n: number): ChanceDeal[] {
  const rng = new Rng().seed(7, 1);
  return Array.from({length: n}, (_, i) => {
    let sum = 0;
    const won = Array.from({length: WEEKS}, () => {
      sum += rng.next() * 0.03;
      return sum;
    });
    return deal(won, [[[rng.int(2), 1 + rng.int(3)]], [[1, 1]]], `D${i}`);
  });
}

describe("demand of open deals", () => {
  test("materials, centres, all money and all hours lie side by side", () => {
    // A press and two lines: 1 frame, 20 drives; 220 and 100 hours; 1,200 of money; 320 hours.
    expect([...takenBy([[0, 1], [1, 2]], RESOURCES)]).toEqual([1, 20, 220, 100, 1200, 320]); // biome-ignore format: a table
  });

  test("expected is the sum of chance times pieces times the bill, by week", () => {
    // 0.2 in week 1 and 0.1 in week 2 of a press; half the time, two of them.
    const deals = [deal([0.2, 0.3], [[[0, 1]], [[0, 3]]])];
    const sums = expectedByWeek({deals, resources: RESOURCES, nWeeks: WEEKS});
    const weeks = (r: number) => [...sums.subarray(r * WEEKS, r * WEEKS + 3)];
    expect(weeks(0)[0]).toBeCloseTo(0.4, 12);
    expect(weeks(0)[1]).toBeCloseTo(0.2, 12);
    expect(weeks(0)[2]).toBe(0);
    expect(weeks(1)[0]).toBeCloseTo(1.6, 12);
    expect(weeks(RESOURCES.cost)[0]).toBeCloseTo(0.4 * 1040, 9);
  });

  test("draws have the exact mean within their error, and the exact spread of deals that are won whole or not at all", () => {
    const deals = manyDeals(30);
    const stretches = Array.from({length: RESOURCES.n}, () => [{from: 1, to: WEEKS}]);
    const n = 20_000;
    const drawn = drawDemand({deals, resources: RESOURCES, nWeeks: WEEKS, stretches, drift: 0, seed: 3}, n);
    const sums = expectedByWeek({deals, resources: RESOURCES, nWeeks: WEEKS});
    for (let r = 0; r < RESOURCES.n; r++) {
      const exact = sums.subarray(r * WEEKS, (r + 1) * WEEKS).reduce((sum, each) => sum + each, 0);
      const values = drawn[r]![0]!;
      const mean = values.reduce((sum, each) => sum + each, 0) / n;
      const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / n;
      // Var = sum of p E[x^2] - (p E[x])^2 over deals.
      const known = deals.reduce((sum, {won, sets}) => {
        const taken = sets.map((lines) => takenBy(lines, RESOURCES)[r]!);
        const p = won.at(-1)!;
        const first = taken.reduce((a, b) => a + b, 0) / taken.length;
        const second = taken.reduce((a, b) => a + b * b, 0) / taken.length;
        return sum + p * second - (p * first) ** 2;
      }, 0);
      expect(Math.abs(mean - exact)).toBeLessThan(4 * Math.sqrt(known / n));
      expect(variance / known).toBeGreaterThan(0.95);
      expect(variance / known).toBeLessThan(1.05);
    }
  });

  test("a stretch of all chances keeps the mean, also of large ones", () => {
    // Even chances, stretched by a half and more either way: of a concave stretch alone the mean would be 6% lower.
    const deals = Array.from({length: 40}, (_, i) => deal([0.2, 0.5], [[[0, 1]]], `D${i}`));
    const stretches = Array.from({length: RESOURCES.n}, () => [{from: 1, to: WEEKS}]);
    const n = 20_000;
    const drawn = drawDemand({deals, resources: RESOURCES, nWeeks: WEEKS, stretches, drift: 0.5, seed: 3}, n);
    const mean = drawn[0]![0]!.reduce((sum, each) => sum + each, 0) / n;
    expect(mean / 20).toBeGreaterThan(0.99);
    expect(mean / 20).toBeLessThan(1.01);
  });

  test("a chance common to all deals widens the band, and the same seed gives the same bits", () => {
    const deals = manyDeals(60);
    const stretches = Array.from({length: RESOURCES.n}, () => [{from: 1, to: WEEKS}]);
    const ask = (drift: number) =>
      simulateDemand({deals, resources: RESOURCES, nWeeks: WEEKS, stretches, drift, seed: 3}).bands[
        RESOURCES.cost
      ]![0]!;
    const [own, common] = [ask(0), ask(0.5)];
    expect(common.p90 - common.p10).toBeGreaterThan(1.2 * (own.p90 - own.p10));
    expect(ask(0.5)).toEqual(common);
  });

  test("bands nest and are finite, stretch by stretch, also where a single large deal decides", () => {
    const deals = [...manyDeals(5), deal([0.02, 0.05], [[[1, 500]]], "large")];
    const stretches = stretchesOf(20_595, 277, RESOURCES, [364, null]);
    const {bands} = simulateDemand({
      ...{deals, resources: RESOURCES, nWeeks: WEEKS, drift: 0.2, seed: 1},
      stretches: stretches.of
    });
    for (const list of bands)
      for (const {mean, p10, p50, p90} of list) {
        expect([mean, p10, p50, p90].every(Number.isFinite)).toBe(true);
        expect(p10).toBeLessThanOrEqual(p50);
        expect(p50).toBeLessThanOrEqual(p90);
      }
    // The large deal is won in one draw of twenty: it is in the mean, not within the band.
    const whole = bands[1]![stretches.nMonths + 1]!;
    expect(whole.mean).toBeGreaterThan(whole.p90);
    // Months sum to the whole.
    const months = bands[1]!.slice(0, stretches.nMonths).reduce((sum, {mean}) => sum + mean, 0);
    expect(months).toBeCloseTo(whole.mean, 9);
  });
});

describe("the plan", () => {
  const offsets = {materialDays: 60, materialLow: null, materialHigh: null, productionDays: 14, nOrders: 9};
  const asOf = Date.parse("2026-05-22") / 86_400_000;
  const bill = {
    products: PRODUCTS,
    centres: [
      {id: "W", name: "Welding", hoursPerWeek: 40},
      {id: "T", name: "Test", hoursPerWeek: null}
    ],
    materials: [
      {id: "F", name: "Frame", leadDays: 81, unitCost: 1000, isStocked: null},
      {id: "S", name: "Drive", leadDays: null, unitCost: 10, isStocked: true}
    ]
  };
  const order = (more: Partial<PlanOrder>): PlanOrder => ({
    orderId: "SO1",
    dealId: null,
    account: null,
    lines: [[0, 2]],
    cost: 2080,
    needOn: "2026-07-10",
    buildFrom: "2026-07-11",
    buildTo: "2026-07-24",
    buildShare: 1,
    ...more
  });
  const plan = planDemand({
    ...{asOf, bill, offsets, drift: 0, seed: 1, held: [], stock: NO_STOCK},
    orders: [
      order({}),
      order({orderId: "SO2", needOn: null, buildFrom: "2026-05-23", buildTo: "2026-05-29", buildShare: 0.5})
    ],
    deals: [deal([0.2], [[[0, 1]]])]
  });

  test("an order's material falls in the month of its need; what has its material needs none", () => {
    expect(plan.months[0]).toEqual({from: "2026-05-01", to: "2026-05-31"});
    expect(plan.materials[0]!.firm.slice(0, 4)).toEqual([0, 0, 2, 0]);
    expect(plan.materials[1]!.firm[2]).toBe(8);
    expect(plan.cost.firm[2]).toBe(2080);
  });

  test("a deal's falls the usual days after it is won: week 1, May 26, and 60 days is July 25", () => {
    expect(plan.materials[1]!.pipeline.map(({mean}) => mean).slice(0, 4)).toEqual([0, 0, 0.8, 0]);
    expect(plan.cost.whole.mean).toBeCloseTo(0.2 * 1040, 9);
  });

  test("deals keep their months however late their material is needed", () => {
    // 900 days after a win: the thirtieth month.
    const far = planDemand({
      ...{asOf, bill, drift: 0, seed: 1, held: [], stock: NO_STOCK, orders: [order({needOn: "2031-01-01"})]},
      offsets: {...offsets, materialDays: 900},
      deals: [deal([0.2, 0.5], [[[0, 1]]])]
    });
    const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
    expect(sum(far.cost.pipeline.map(({mean}) => mean))).toBeCloseTo(0.5 * 1040, 9);
    // An order that waits longer counts in the last month.
    expect(far.cost.firm.at(-1)).toBe(2080);
  });

  test("latest order days: 81 days before July 10 is April 20, past; without a lead time nothing is said", () => {
    expect(plan.materials[0]!.firmDue).toEqual([2, 2, 2]);
    // The deal would be won on May 26, its frame needed on July 25 and ordered on May 5.
    expect(plan.materials[0]!.decide!.map(({mean}) => mean)).toEqual([0.2, 0.2, 0.2]);
    expect([plan.materials[1]!.firmDue, plan.materials[1]!.decide]).toEqual([null, null]);
  });

  test("load sums to the hours that are still to be worked", () => {
    const [welding, testing] = plan.centres;
    const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
    // Two presses of 60 hours each, and half of as many again.
    expect(sum(welding!.firm)).toBeCloseTo(180, 9);
    expect(welding!.firm[0]).toBe(60);
    expect(sum(welding!.pipeline)).toBeCloseTo(0.2 * 60, 9);
    expect(sum(testing!.firm)).toBe(0);
  });
});

test("of many materials the dearest are listed, and what the others cost stays in the money", () => {
  const bill = {
    products: PRODUCTS,
    centres: [],
    materials: [
      {id: "F", name: "Frame", leadDays: 7, unitCost: 1, isStocked: null},
      {id: "S", name: "Drive", leadDays: 7, unitCost: 10, isStocked: null}
    ]
  };
  const cut = largestFirst(bill, [[[0, 1]]], {most: 1});
  expect(cut.materials.map(({id}) => id)).toEqual(["S"]);
  expect(cut.products.map(({takes, otherCost}) => ({takes, otherCost}))).toEqual([
    {takes: [[0, 4]], otherCost: 1},
    {takes: [[0, 8]], otherCost: 0}
  ]);
});
