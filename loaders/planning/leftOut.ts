/** What no figure of demand holds: counted, and said in money. */
import type {LeftOut} from "../../src/slices/material/planningData.ts";
import type {Engine} from "../engine/engine.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import {isOpen, type Order} from "./order.ts";

/** A deal won so lately may still get its order. */
const NO_ORDER_DAYS = 60;

export async function leftOut(
  engine: Engine,
  orders: readonly Order[],
  deals: readonly ChanceDeal[],
  nUndated: number
): Promise<LeftOut[]> {
  const open = orders.filter(isOpen);
  const unbilled = open.filter(({unbilled}) => unbilled.n > 0);
  const bare = open.filter(({hasLines}) => !hasLines);
  const service = deals.filter(
    ({sets, isAssumed}) => !isAssumed && sets.every((lines) => lines.length === 0)
  );
  const unlike = deals.filter(({sets}) => sets.length === 0);
  const sumOf = (list: readonly Order[]) => list.reduce((sum, order) => sum + order.unbilled.amount, 0);
  const expected = (list: readonly ChanceDeal[]) =>
    list.reduce((sum, {amount, won}) => sum + amount * (won.at(-1) ?? 0), 0);
  const [late] = await engine.rows<{n: number; amount: number | null}>(
    `select count(*)::integer as n, sum(won_amount)::double as amount
     from marts.deals as deal cross join workspace.run as run
     where deal.outcome = 'won' and deal.closed_on > run.as_of - ${NO_ORDER_DAYS}
       and deal.deal_id not in (select stated_deal_id from marts.order_progress where stated_deal_id is not null)`
  );
  const [bills] = await engine.rows<{unpriced: number; untimed: number}>(
    `select count(distinct case when unit_cost is null then material_id end)::integer as unpriced,
       count(distinct case when lead_time_days is null then material_id end)::integer as untimed from marts.product_needs`
  );
  return [
    {
      what: "orders with lines of products without a bill (service, for one)",
      n: unbilled.length,
      amount: sumOf(unbilled)
    },
    {what: "orders without lines", n: bare.length, amount: sumOf(bare)},
    {
      what: "open deals whose products have no bill, expected to be won within 26 weeks",
      n: service.length,
      amount: expected(service)
    },
    {
      what: "open deals that name no product, and nothing like them was won",
      n: unlike.length,
      amount: expected(unlike)
    },
    {what: "open deals without a chance, as nobody knows when they began", n: nUndated, amount: null},
    {
      what: `deals won in the last ${NO_ORDER_DAYS} days that no order names`,
      n: late!.n,
      amount: late!.amount
    },
    {what: "materials without a cost: in quantities, not in money", n: bills!.unpriced, amount: null},
    {what: "materials without a lead time: no order day can be told", n: bills!.untimed, amount: null}
  ].filter(({n}) => n > 0);
}
