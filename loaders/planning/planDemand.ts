/** From orders, open deals and bills to everything that the page shows of demand and load. */

import {dayNumber, isoDay} from "../../src/slices/facts.ts";
import {costOf, hoursAt, meanLines, unitsOf} from "../../src/slices/material/explode.ts";
import {dealShares, middleOf, monthsAhead, orderShares, wonIn} from "../../src/slices/material/placing.ts";
import {
  type Band,
  DECIDE_WEEKS,
  type Demand,
  type Offsets,
  PLAN_WEEKS,
  type PlanCentre,
  type PlanMaterial,
  type PlanOrder,
  type PlanProduct,
  type Supply
} from "../../src/slices/material/planningData.ts";
import {monthOf as calendarMonth, monthSpan} from "../../src/slices/months.ts";
import type {Backtest} from "./backtestDemand.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import type {Bill, BillMaterial} from "./readPlanning.ts";
import {resourcesOf} from "./resources.ts";
import {simulateDemand, type Weeks} from "./simulateDemand.ts";
import {stretchesOf, WINDOWS} from "./stretches.ts";
import {needsByDay, type StockRead, supplyOf} from "./supply.ts";

const MOST_MONTHS = 24;
const MOST_CAPACITY_WEEKS = 104;

export interface PlanInput {
  asOf: number;
  bill: Pick<Bill, "products" | "materials" | "centres">;
  orders: readonly PlanOrder[];
  deals: readonly ChanceDeal[];
  offsets: Offsets;
  drift: number;
  seed: number;
  held: Backtest["held"];
  stock: StockRead;
}

export interface Plan {
  months: {from: string; to: string}[];
  weeks: string[];
  materials: PlanMaterial[];
  cost: Demand;
  centres: PlanCentre[];
}

/** Firm demand from orders, the pipeline's from deals; materials in the bill's order. */
export function planDemand(input: PlanInput): Plan {
  const {asOf, bill, orders, deals, offsets, drift, seed, held, stock} = input;
  const {products, materials, centres} = bill;
  const unitCosts = materials.map(({unitCost}) => unitCost);
  const resources = resourcesOf(products, unitCosts, centres.length);
  const stretches = stretchesOf(
    asOf,
    offsets.materialDays,
    resources,
    materials.map(({leadDays}) => leadDays)
  );
  const {bands} = simulateDemand({
    ...{deals, resources, drift, seed},
    nWeeks: PLAN_WEEKS,
    // Stock must last to the end of each week, so running totals are asked for too: last of each material.
    stretches: stretches.of.map((list, r) =>
      stock.hasStock && r < materials.length ? [...list, ...RUNNING] : list
    )
  });
  const needs = stock.hasStock ? needsByDay(orders, products, materials.length) : [];
  const waiting = orders.filter(({needOn}) => needOn !== null);
  const monthOf = (order: PlanOrder) => monthsAhead(dayNumber(order.needOn!), asOf);
  // Deals always have their months, however long an order waits; orders beyond two years count in the last one.
  const firmMonths = waiting.reduce((most, order) => Math.max(most, monthOf(order) + 1), 0);
  const nMonths = Math.max(stretches.firstMonth + stretches.nMonths, Math.min(MOST_MONTHS, firmMonths));
  const demandOf = (resource: number, of: (order: PlanOrder) => number): Demand => {
    const firm = new Array<number>(nMonths).fill(0);
    for (const order of waiting) firm[Math.min(nMonths - 1, monthOf(order))]! += of(order);
    return {
      firm,
      pipeline: monthBands(bands[resource]!, stretches, nMonths),
      whole: bands[resource]![stretches.nMonths + WINDOWS.length - 1]!
    };
  };
  return {
    months: Array.from({length: nMonths}, (_, i) => monthSpan(calendarMonth(asOf) + i)),
    ...loadOf({asOf, products, centres, orders, deals, offsets, held, firstHeld: materials.length}),
    materials: materials.map((material, m): PlanMaterial => {
      const first = stretches.nMonths + WINDOWS.length;
      const decide = bands[m]!.slice(first, first + DECIDE_WEEKS.length);
      const supply = supplyOf(stock, material.id, needs[m] ?? []);
      return {
        ...material,
        ...demandOf(m, ({lines}) => unitsOf(lines, products, m)),
        decide: material.leadDays === null ? null : decide,
        firmDue: dueOf(material, waiting, asOf, ({lines}) => unitsOf(lines, products, m)),
        nextOrderOn: nextOrder(material, waiting, asOf, ({lines}) => unitsOf(lines, products, m)),
        held: held[m] ?? {n: 0, inside80: 0},
        supply: supply && {...supply, ...runningOf(bands[m]!)}
      };
    }),
    cost: demandOf(resources.cost, ({lines}) => costOf(lines, products, unitCosts))
  };
}

/** From now to the end of each of the weeks in which deals are expected to be won. */
const RUNNING: Weeks[] = Array.from({length: PLAN_WEEKS}, (_, k) => ({from: 1, to: k + 1}));

function runningOf(bands: readonly Band[]): Pick<Supply, "expected" | "expectedP90"> {
  const totals = bands.slice(-PLAN_WEEKS);
  return {
    expected: totals.map(({mean}, k) => mean - (totals[k - 1]?.mean ?? 0)),
    expectedP90: totals.map(({p90}) => p90)
  };
}

const NOTHING: Band = {mean: 0, p10: 0, p50: 0, p90: 0};

function monthBands(
  bands: readonly Band[],
  {firstMonth, nMonths}: {firstMonth: number; nMonths: number},
  n: number
): Band[] {
  return Array.from({length: n}, (_, i) =>
    i < firstMonth || i >= firstMonth + nMonths ? NOTHING : bands[i - firstMonth]!
  );
}

function dueOf(
  {leadDays}: BillMaterial,
  waiting: readonly PlanOrder[],
  asOf: number,
  of: (order: PlanOrder) => number
): number[] | null {
  if (leadDays === null) return null;
  return DECIDE_WEEKS.map((weeks) =>
    waiting
      .filter(({needOn}) => dayNumber(needOn!) - leadDays <= asOf + 7 * weeks)
      .reduce((sum, order) => sum + of(order), 0)
  );
}

function nextOrder(
  {leadDays}: BillMaterial,
  waiting: readonly PlanOrder[],
  asOf: number,
  of: (order: PlanOrder) => number
): string | null {
  if (leadDays === null) return null;
  const days = waiting
    .filter((order) => of(order) > 0)
    .map(({needOn}) => dayNumber(needOn!) - leadDays)
    .filter((day) => day > asOf);
  return days.length > 0 ? isoDay(days.reduce((first, day) => Math.min(first, day))) : null;
}

interface LoadInput extends Pick<PlanInput, "asOf" | "orders" | "deals" | "offsets" | "held"> {
  products: readonly PlanProduct[];
  centres: Bill["centres"];
  firstHeld: number;
}

/** Hours by centre and week: orders over their own production, deals over the usual one after their chance of winning. */
function loadOf({asOf, products, centres, orders, deals, offsets, held, firstHeld}: LoadInput): {
  weeks: string[];
  centres: PlanCentre[];
} {
  const last = orders.reduce(
    (most, {buildTo}) => Math.max(most, dayNumber(buildTo)),
    middleOf(PLAN_WEEKS, asOf) + offsets.materialDays + offsets.productionDays
  );
  const nWeeks = Math.min(MOST_CAPACITY_WEEKS, Math.ceil((last - asOf) / 7));
  const ordered = orders.map((order) => ({order, shares: orderShares(order, asOf, nWeeks)}));
  // Chances to be won in a week times the hours of a deal, spread over the production that follows.
  const spread = Array.from({length: PLAN_WEEKS}, (_, k) => dealShares(k + 1, asOf, offsets, nWeeks));
  const planned = deals
    .filter(({sets}) => sets.length > 0)
    .map(({won, sets}) => ({won, lines: meanLines(sets)}));
  return {
    weeks: Array.from({length: nWeeks}, (_, i) => isoDay(asOf + 1 + 7 * i)),
    centres: centres.map((centre, c): PlanCentre => {
      const firm = new Array<number>(nWeeks).fill(0);
      for (const {order, shares} of ordered) {
        const hours = hoursAt(order.lines, products, c);
        for (let i = 0; i < nWeeks; i++) firm[i]! += hours * shares[i]!;
      }
      const won = new Array<number>(PLAN_WEEKS).fill(0);
      for (const deal of planned) {
        const hours = hoursAt(deal.lines, products, c);
        for (let k = 0; k < PLAN_WEEKS; k++) won[k]! += hours * wonIn(deal.won, k + 1);
      }
      const pipeline = Array.from({length: nWeeks}, (_, i) =>
        won.reduce((sum, hours, k) => sum + hours * spread[k]![i]!, 0)
      );
      return {...centre, firm, pipeline, held: held[firstHeld + c] ?? {n: 0, inside80: 0}};
    })
  };
}
