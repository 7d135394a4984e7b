/** Bills, orders and the lines of deals, as planning needs them. */
import type {Lines, PlanProduct} from "../../src/slices/material/planningData.ts";
import type {Engine} from "../engine/engine.ts";
import {dayOf} from "../forecast/history/calendar.ts";
import {type Order, STEPS, type StepDays} from "./order.ts";

export interface BillMaterial {
  id: string;
  name: string;
  leadDays: number | null;
  unitCost: number | null;
  isStocked: boolean | null;
}

export interface Bill {
  products: PlanProduct[];
  materials: BillMaterial[];
  centres: {id: string; name: string; hoursPerWeek: number | null}[];
  /** Index of a product with a bill by its id. */
  productOf: ReadonlyMap<string, number>;
}

interface NeedRow extends Record<string, unknown> {
  product_id: string;
  product: string;
  material_id: string;
  material: string;
  is_stocked: boolean | null;
  lead_time_days: number | null;
  quantity: number;
  unit_cost: number | null;
  work_centre_id: string | null;
  hours: number;
}

/** All bills; products in order of their ids. */
export async function readBill(engine: Engine): Promise<Bill> {
  const needs = await engine.rows<NeedRow>(
    "select * replace (unit_cost::double as unit_cost, lead_time_days::double as lead_time_days) from marts.product_needs where quantity > 0 order by product_id, material_id"
  );
  const centres = await engine.rows<{id: string; name: string; hoursPerWeek: number | null}>(
    'select work_centre_id as id, work_centre as name, hours_per_week as "hoursPerWeek" from marts.work_centres order by id'
  );
  const centreOf = new Map(centres.map(({id}, i) => [id, i]));
  const productOf = new Map<string, number>();
  const materialOf = new Map<string, number>();
  const materials: BillMaterial[] = [];
  const products: {name: string; takes: [number, number][]; hours: [number, number][]; otherCost: number}[] =
    [];
  for (const need of needs) {
    if (!productOf.has(need.product_id)) {
      productOf.set(need.product_id, products.length);
      products.push({name: need.product, takes: [], hours: [], otherCost: 0});
    }
    if (!materialOf.has(need.material_id)) {
      materialOf.set(need.material_id, materials.length);
      materials.push({
        id: need.material_id,
        name: need.material,
        leadDays: need.lead_time_days,
        unitCost: need.unit_cost,
        isStocked: need.is_stocked
      });
    }
    const product = products[productOf.get(need.product_id)!]!;
    product.takes.push([materialOf.get(need.material_id)!, need.quantity]);
    const centre = need.work_centre_id === null ? undefined : centreOf.get(need.work_centre_id);
    if (centre !== undefined && need.hours > 0) product.hours.push([centre, need.hours]);
  }
  return {
    products,
    materials,
    centres,
    productOf
  };
}

interface LineRow {
  id: string;
  product_id: string;
  pieces: number;
}

/** Lines by deal or order; one whose products have no bill has an empty list, one without lines is not there. */
function linesBy(rows: readonly LineRow[], productOf: ReadonlyMap<string, number>): Map<string, Lines> {
  const found = new Map<string, [number, number][]>();
  for (const {id, product_id, pieces} of rows) {
    const lines = found.get(id) ?? [];
    found.set(id, lines);
    const product = productOf.get(product_id);
    if (product !== undefined && pieces > 0) lines.push([product, pieces]);
  }
  return found;
}

export async function readDealLines(
  engine: Engine,
  productOf: ReadonlyMap<string, number>
): Promise<Map<string, Lines>> {
  return linesBy(
    await engine.rows<LineRow>(
      "select deal_id as id, product_id, sum(quantity)::double as pieces from marts.deal_lines where line_number > 0 group by 1, 2 order by 1, 2"
    ),
    productOf
  );
}

interface OrderRow {
  order_id: string;
  deal_id: string | null;
  account: string | null;
  ordered_on: string;
  cancelled_on: string | null;
  done_on: string | null;
  amount: number | null;
  n_lines: number;
  n_unbilled: number;
  unbilled: number | null;
}

const DAYS = STEPS.flatMap((step) => [
  `${step}_planned_on::varchar as ${step}_planned`,
  `${step}_on::varchar as ${step}_actual`
]).join(", ");

/** Orders placed by the as-of day, as known then; what milestones are not called as in `STEPS` is not read. */
export async function readOrders(engine: Engine, productOf: ReadonlyMap<string, number>): Promise<Order[]> {
  const lines = linesBy(
    await engine.rows<LineRow>(
      "select distinct order_id as id, product_id, pieces from marts.order_needs order by 1, 2"
    ),
    productOf
  );
  const orders = await engine.rows<OrderRow & Record<string, string | null>>(
    `select order_id, stated_deal_id as deal_id, account_name as account, ordered_on::varchar as ordered_on,
       cancelled_on::varchar as cancelled_on, done_on::varchar as done_on, amount_base::double as amount, n_lines, n_unbilled_lines as n_unbilled,
       unbilled_amount_base::double as unbilled, ${DAYS}
     from marts.order_progress order by order_id`
  );
  return orders.map((row) => {
    const hasLines = row.n_lines > 0;
    return {
      orderId: row.order_id,
      dealId: row.deal_id,
      account: row.account,
      orderedOn: dayOf(row.ordered_on),
      cancelledOn: dayOrNull(row.cancelled_on),
      doneOn: dayOrNull(row.done_on),
      steps: stepsOf(row),
      lines: lines.get(row.order_id) ?? [],
      hasLines,
      unbilled: hasLines ? {n: row.n_unbilled, amount: row.unbilled ?? 0} : {n: 0, amount: row.amount ?? 0}
    };
  });
}

function stepsOf(row: Readonly<Record<string, unknown>>): Order["steps"] {
  const day = (name: string) => dayOrNull(row[name] as string | null);
  return Object.fromEntries(
    STEPS.flatMap((step): [string, StepDays][] => {
      const days = {planned: day(`${step}_planned`), actual: day(`${step}_actual`)};
      return days.planned === null && days.actual === null ? [] : [[step, days]];
    })
  );
}

function dayOrNull(iso: string | null): number | null {
  return iso === null ? null : dayOf(iso);
}
