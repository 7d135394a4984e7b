/** Orders as planning sees them: what is ordered, and how far it is. Days are numbers since 1970-01-01. */
import type {Lines} from "../../src/slices/material/planningData.ts";

/** Steps of an order whose names planning knows, in their order. */
export const STEPS = ["engineering", "material", "production", "test", "shipped", "delivered"] as const;
export type Step = (typeof STEPS)[number];

export interface StepDays {
  planned: number | null;
  actual: number | null;
}

export interface Order {
  orderId: string;
  dealId: string | null;
  account: string | null;
  orderedOn: number;
  /** As the backlog has it; null while it stands. */
  cancelledOn: number | null;
  /** When all of it had been shipped, as the backlog has it, whatever milestones say; null before. */
  doneOn: number | null;
  steps: Partial<Record<Step, StepDays>>;
  /** Pieces of products with a bill; none for service. */
  lines: Lines;
  /** Money of the lines whose products have no bill, and whether there are any; of an order without lines its amount. Base currency. */
  unbilled: {n: number; amount: number};
  hasLines: boolean;
}

/** An order as it was known at the end of a day: later orders are not there, what happened later has not happened. */
export function orderAt(order: Order, day: number): Order | null {
  if (order.orderedOn > day) return null;
  const before = (actual: number | null) => (actual !== null && actual <= day ? actual : null);
  return {
    ...order,
    cancelledOn: before(order.cancelledOn),
    doneOn: before(order.doneOn),
    steps: Object.fromEntries(
      Object.entries(order.steps).map(([step, {planned, actual}]) => [
        step,
        {planned, actual: before(actual)}
      ])
    )
  };
}

/** Whether an order is still to be built as far as is known: not cancelled, not shipped, production not over. */
export function isOpen(order: Order): boolean {
  return order.doneOn === null && order.cancelledOn === null && reached(order, "production") === null;
}

/** The first of some steps that is reached, as a day; null when none is. */
export function reached({steps}: Order, from: Step): number | null {
  // A later step that is reached says that the earlier ones are, also where nobody wrote them down.
  for (const step of STEPS.slice(STEPS.indexOf(from))) {
    const actual = steps[step]?.actual ?? null;
    if (actual !== null) return actual;
  }
  return null;
}
