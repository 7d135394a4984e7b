/** What is still to be built: when its material must be there, and when which share of its hours is worked. */
import {isoDay} from "../../src/slices/facts.ts";
import type {Offsets, PlanOrder} from "../../src/slices/material/planningData.ts";
import {isOpen, type Order, reached, STEPS} from "./order.ts";

/** An order whose planned end of production has passed is taken to need so many days more. */
const LAST_DAYS = 7;

/**
 * An order whose production is not over. Material is needed on the planned day of its milestone, later by what the last
 * step reached was late, else the usual days after the order; never before the as-of day. Production follows it until its own planned
 * day, moved alike, else for the usual days.
 * @returns null for one that is cancelled, built, or has nothing to build
 */
export function openOrder(order: Order, asOf: number, offsets: Offsets): Omit<PlanOrder, "cost"> | null {
  const {lines, steps} = order;
  if (lines.length === 0 || !isOpen(order)) return null;
  const slip = slipOf(order);
  const hasMaterial = reached(order, "material");
  const planned = steps.material?.planned ?? null;
  const need = Math.max(
    asOf,
    planned === null ? order.orderedOn + offsets.materialDays : planned + Math.max(0, slip)
  );
  const start = hasMaterial ?? need;
  const usual = start + offsets.productionDays;
  const end = lengthOf(order) === null ? usual : start + lengthOf(order)!;
  const from = Math.max(start, asOf) + 1;
  const to = Math.max(end, asOf + (hasMaterial === null ? 1 : LAST_DAYS), from);
  return {
    orderId: order.orderId,
    dealId: order.dealId,
    account: order.account,
    lines,
    needOn: hasMaterial === null ? isoDay(need) : null,
    buildFrom: isoDay(from),
    buildTo: isoDay(to),
    buildShare: start >= asOf ? 1 : Math.min(1, (to - from + 1) / Math.max(1, to - start))
  };
}

/** Days by which the last step that was reached was later than planned; 0 where nothing says so. */
function slipOf({steps}: Order): number {
  for (const step of [...STEPS].reverse()) {
    const {planned = null, actual = null} = steps[step] ?? {};
    if (planned !== null && actual !== null) return actual - planned;
  }
  return 0;
}

/** Planned days of production; null where one of both days is not planned. */
function lengthOf({steps}: Order): number | null {
  const from = steps.material?.planned ?? null;
  const to = steps.production?.planned ?? null;
  return from === null || to === null ? null : Math.max(1, to - from);
}
