/** What backlog and pipeline need, from a warehouse and the deal models fitted for its forecast; or what is missing for it. */
import {costOf, meanLines, otherCostOf} from "../../src/slices/material/explode.ts";
import type {Lines, Offsets, PlanDeal, Planning, PlanOrder} from "../../src/slices/material/planningData.ts";
import type {Engine} from "../engine/engine.ts";
import {openModelStore} from "../forecast/deals/modelStore.ts";
import {isoOf} from "../forecast/history/calendar.ts";
import {readWholeHistory} from "../forecast/history/wholeHistory.ts";
import {backtestDemand, type PastAsking} from "./backtestDemand.ts";
import {dealsOn, storedDays} from "./dealsOn.ts";
import {largestFirst} from "./largestFirst.ts";
import {leftOut} from "./leftOut.ts";
import {linesKnownFrom} from "./linesKnown.ts";
import {listedProducts} from "./listedProducts.ts";
import {offsetsOf} from "./offsets.ts";
import {openOrder} from "./openOrders.ts";
import type {ChanceDeal} from "./openPipeline.ts";
import {type Order, orderAt} from "./order.ts";
import {planDemand} from "./planDemand.ts";
import {readBill, readDealLines, readOrders} from "./readPlanning.ts";
import {resourcesOf} from "./resources.ts";
import {stretchesOf} from "./stretches.ts";
import {readStock, shortForOrders} from "./supply.ts";

/** Orders and deals that the page can list; the others are summed. */
const MOST_LISTED = 300;
const SEED = 1;

/** @param models folder of the fitted deal models */
export async function planningOf(engine: Engine, models: string): Promise<Planning> {
  const whole = await readBill(engine);
  if (whole.products.length === 0)
    return {
      data: null,
      reason: "The exports have no bill of materials, so what orders and deals take is not known.",
      action:
        "Export the bill of materials (product, material, quantity, work centre, hours), the materials with lead time and cost, and the work centres with their hours a week."
    };
  const orders = await readOrders(engine, whole.productOf);
  const {history, nUndated} = await readWholeHistory(engine);
  const {asOf} = history;
  const offsets = offsetsThen(orders, asOf);
  if (!offsets)
    return {
      data: null,
      reason:
        "How long an order takes to have its material and to be produced is not known: fewer than five orders say so.",
      action:
        "Export the orders with their lines, and their milestones engineering, material, production, test, shipped and delivered, planned and actual."
    };
  const linesOf = await readDealLines(engine, whole.productOf);
  const model = openModelStore(models).fitted(history);
  const now = model ? dealsOn(history, model, linesOf, () => true) : {deals: [], attribute: null};
  const open = orders.flatMap((order) => openOrder(order, asOf, offsets) ?? []);
  const wanted = [...open.map(({lines}) => lines), ...now.deals.map(expectedLines)];
  const stock = await readStock(engine, asOf);
  const short = shortForOrders(stock, whole.materials, whole.products, open, asOf);
  const bill = largestFirst(whole, wanted, {sure: short});
  const unitCosts = bill.materials.map(({unitCost}) => unitCost);
  const leads = bill.materials.map(({leadDays}) => leadDays);
  const cost = (lines: Lines) => costOf(lines, bill.products, unitCosts);
  const resources = resourcesOf(bill.products, unitCosts, bill.centres.length);
  const known = linesKnownFrom(history, linesOf);
  const askings: PastAsking[] = [];
  for (const {known: past, model: fitted} of storedDays(models, history)) {
    const then = offsetsThen(orders, past.asOf);
    if (!then) continue;
    askings.push({
      day: past.asOf,
      drift: fitted.outcomes.drift,
      deals: dealsOn(past, fitted, linesOf, known).deals,
      stretches: stretchesOf(past.asOf, then.materialDays, resources, leads)
    });
  }
  const {record, held, extra} = backtestDemand(history, askings, resources, linesOf, SEED);
  const priced = open.map((order): PlanOrder => ({...order, cost: cost(order.lines)}));
  // Without a track record the pipeline is not shown, and nothing is worked out of it.
  const deals = record ? now.deals : [];
  const plan = planDemand({
    ...{asOf, bill, offsets, held, deals, stock, seed: SEED},
    drift: Math.hypot(model?.outcomes.drift ?? 0, extra),
    orders: priced
  });
  const words = await dealWords(engine);
  const listed = deals
    .map((deal): PlanDeal => {
      const {dealId, won, isAssumed, sets} = deal;
      const lines = meanLines(sets);
      const said = words.get(dealId) ?? {name: dealId, account: null, stage: null};
      return {dealId, ...said, lines, isAssumed, cost: cost(lines), won};
    })
    .filter(({lines}) => lines.length > 0);
  const expected = ({cost, won}: PlanDeal) => cost * (won.at(-1) ?? 0);
  const sum = (list: readonly PlanDeal[]) => list.reduce((total, deal) => total + expected(deal), 0);
  const assumed = listed.filter(({isAssumed}) => isAssumed);
  const [run] = await engine.rows<{currency: string}>("select base_currency as currency from workspace.run");
  return {
    reason: null,
    data: {
      ...{asOf: isoOf(asOf), currency: run!.currency, ...plan, offsets, record},
      likeBy: now.attribute,
      supply: {
        hasStock: stock.hasStock,
        hasPurchases: stock.hasPurchases,
        countedFrom: stock.countedFrom,
        countedTo: stock.countedTo,
        countedAfter: stock.countedAfter,
        nMaterials: whole.materials.length,
        nUncounted: whole.materials.filter(({id}) => (stock.of.get(id)?.onHand ?? null) === null).length,
        nShortBeyond: Math.max(0, short.size - bill.materials.length)
      },
      ...listedProducts({
        products: bill.products,
        orders: priced.sort((a, b) => b.cost - a.cost).slice(0, MOST_LISTED),
        deals: [...listed].sort((a, b) => expected(b) - expected(a)).slice(0, MOST_LISTED)
      }),
      nOrders: open.length,
      nDeals: listed.length,
      nAssumed: assumed.length,
      assumedShare: sum(listed) > 0 ? sum(assumed) / sum(listed) : null,
      leftOut: await leftOut(engine, orders, deals, nUndated, {
        n: whole.materials.length - bill.materials.length,
        amount: wanted.reduce((sum, lines) => sum + otherCostOf(lines, bill.products), 0)
      })
    }
  };
}

/** As it was known at the end of a day. */
function offsetsThen(orders: readonly Order[], day: number): Offsets | null {
  return offsetsOf(
    orders.flatMap((order) => orderAt(order, day) ?? []),
    day
  );
}

/** What a deal is expected to take within the weeks that are planned. */
function expectedLines({sets, won}: ChanceDeal): Lines {
  const chance = won.at(-1) ?? 0;
  return meanLines(sets).map(([product, quantity]) => [product, chance * quantity] as const);
}

async function dealWords(
  engine: Engine
): Promise<Map<string, {name: string; account: string | null; stage: string | null}>> {
  const rows = await engine.rows<{id: string; name: string; account: string | null; stage: string | null}>(
    "select deal_id as id, deal_name as name, account_name as account, stage from marts.deals where outcome = 'open'"
  );
  return new Map(rows.map(({id, ...words}) => [id, words]));
}
