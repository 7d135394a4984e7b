/** What no figure of demand holds: counted, and said in money. */
import type {LeftOut} from "../../src/slices/material/planningData.ts";
import type {Engine} from "../engine/engine.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import {isOpen, type Order} from "./order.ts";

/** @param beyond materials beyond those that are listed, and what orders and expected deals take of them in money */
export async function leftOut(
  engine: Engine,
  orders: readonly Order[],
  deals: readonly ChanceDeal[],
  nUndated: number,
  beyond: {n: number; amount: number}
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
  // The backlog's own classes, so that both pages tell the same deals; an order that is likely a deal's is in the firm demand.
  const waiting = await engine.rows<{is_expected: boolean; n: number; amount: number | null}>(
    `select class = 'order expected' as is_expected, count(*)::integer as n, sum(deal_amount)::double as amount
     from marts.chain_ledger where class in ('order expected', 'won, no order') group by 1`
  );
  const won = (isExpected: boolean) => {
    const row = waiting.find(({is_expected}) => is_expected === isExpected);
    return {n: row?.n ?? 0, amount: row?.amount ?? null};
  };
  const [undated] = await engine.rows<{n: number}>(
    `select count(*)::integer as n from staging.stg_order where ordered_on is null
       and order_id not in (select order_id from marts.order_progress)`
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
    {what: "deals won lately, whose order is still expected", ...won(true)},
    {what: "deals won longer ago without an order: Backlog & delivery lists them", ...won(false)},
    {what: "orders of which no day is known", n: undated!.n, amount: null},
    {
      what: "materials beyond the dearest that are listed: in the money of all material, not in the table, nor in what is to be ordered before deals are won",
      ...beyond
    },
    {what: "materials without a cost: in quantities, not in money", n: bills!.unpriced, amount: null},
    {what: "materials without a lead time: no order day can be told", n: bills!.untimed, amount: null}
  ].filter(({n}) => n > 0);
}
