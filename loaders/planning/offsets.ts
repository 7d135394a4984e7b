/** How long past orders took to have their material, and to be produced after that. */
import {daysUntilLeft, kaplanMeier, type Stay} from "../../src/slices/kaplanMeier.ts";
import type {Offsets} from "../../src/slices/material/planningData.ts";
import {type Order, reached} from "./order.ts";

/** Below so many orders that have come so far nothing is said. */
const LEAST = 5;

/**
 * Medians (Kaplan-Meier, orders still waiting as censored) of the orders placed up to a day that stand and have something to build.
 * @param orders as known on the day (`orderAt`)
 * @returns null when too few orders have had their material or their production
 */
export function offsetsOf(orders: readonly Order[], asOf: number): Offsets | null {
  const built = orders.filter(({lines, cancelledOn}) => lines.length > 0 && cancelledOn === null);
  const material = built.flatMap((order) => stay(order.orderedOn, order, "material", asOf));
  const production = built.flatMap((order) => {
    const from = order.steps.material?.actual ?? null;
    return from === null ? [] : stay(from, order, "production", asOf);
  });
  const waits = kaplanMeier(material);
  const builds = kaplanMeier(production);
  const [materialDays, productionDays] = [daysUntilLeft(waits), daysUntilLeft(builds)];
  const ended = (stays: readonly Stay[]) => stays.filter(({hasEnded}) => hasEnded).length;
  if (materialDays === null || productionDays === null) return null;
  if (Math.min(ended(material), ended(production)) < LEAST) return null;
  return {
    materialDays,
    materialLow: daysUntilLeft(waits, 0.25),
    materialHigh: daysUntilLeft(waits, 0.75),
    productionDays: Math.max(1, productionDays),
    nOrders: ended(material)
  };
}

/** Days from one day to a step, or so far; orders that never name the step say nothing. */
function stay(from: number, order: Order, step: "material" | "production", asOf: number): Stay[] {
  const days = order.steps[step];
  if (!days) return [];
  if (days.actual !== null) return [{days: Math.max(0, days.actual - from), hasEnded: true}];
  // Passed without a day: how long it took is not known.
  if (reached(order, step) !== null || order.doneOn !== null) return [];
  return [{days: Math.max(0, asOf - from), hasEnded: false}];
}
