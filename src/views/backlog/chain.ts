/** Deals and orders side by side: every entry in one class, and what to mend. */
import {DataTable} from "../../components/dataTable.js";
import {count} from "../../components/format.js";
import type {BacklogFigures, ChainRow} from "../../figures/backlog.js";
import {definitionOf} from "../metricKpi.js";
import type {PageContext} from "../pageContext.js";

/** What each class means, for who reads it first. */
function classWords(days: number): Record<string, string> {
  return {
    agrees: "agrees: ordered for what it was won for",
    "amount differs": "amount differs between deal and order",
    "order expected": `won less than ${count(days)} days ago, order still to come`,
    "won, no order": `won more than ${count(days)} days ago, no order`,
    "order likely": "won; an order that names no deal is likely its own",
    "before the orders begin": "won before the first order of the exports",
    "order cancelled": "won, but every order of it was cancelled",
    "not won, order cancelled": "deal not won, and its order was cancelled: nothing to do",
    "deal not won": "order of a deal that is not won",
    "deal not known": "order names a deal that the CRM's exports lack",
    "no deal named": "order names no deal",
    "no amount to compare": "deal or order without an amount"
  };
}

/** Classes with the money of both systems; sums are all won deals and all orders. */
export function ChainClasses(context: PageContext, {chain, orderWithinDays}: BacklogFigures): HTMLElement {
  const {currency} = context.site;
  const words = classWords(orderWithinDays);
  return DataTable(
    chain.map((total) => ({
      found: words[total.class] ?? total.class,
      n: total.n,
      needs: total.nToMend > 0 ? `${count(total.nToMend)} to mend` : "",
      deals: total.dealCents / 100,
      orders: total.orderCents / 100
    })),
    [
      {key: "found", label: "What was found", unit: "text"},
      {key: "n", label: "Entries", unit: "count", total: true},
      {key: "needs", label: "To do", unit: "text"},
      {key: "deals", label: "Won in the CRM", unit: "money", currency, total: true},
      {key: "orders", label: "Ordered in the ERP", unit: "money", currency, total: true}
    ],
    {
      caption: "From deal to order: every won deal and every order in one class, totals as in both systems",
      showCaption: true,
      search: false,
      how: definitionOf(context, "chain_ledger"),
      empty: {reason: "No won deal and no order is in this selection.", action: "Clear a filter."}
    }
  );
}

/** Entries to mend, the most money first. */
export function ChainRepairs({site}: PageContext, {toMend}: BacklogFigures): HTMLElement {
  const {currency, dealUrl} = site;
  const cash = {unit: "money", currency} as const;
  const link = (row: ChainRow) =>
    row["deal_id"] === null
      ? null
      : (dealUrl?.replace("{id}", encodeURIComponent(String(row["deal_id"]))) ?? null);
  return DataTable(
    toMend.list,
    [
      {key: "account_name", label: "Customer", unit: "text"},
      {key: "value", label: "In question", ...cash},
      {key: "class", label: "What was found", unit: "text"},
      {key: "mend", label: "What to mend", unit: "text"},
      {key: "deal_name", label: "Deal", unit: "text", missing: "no deal", ...(dealUrl ? {link} : {})},
      {key: "order_ids", label: "Orders", unit: "text", missing: "none"},
      {key: "evidence", label: "Evidence", unit: "text", missing: "none beyond the class"},
      {key: "deal_amount", label: "Won for", ...cash, missing: "not won"},
      {key: "order_amount", label: "Ordered for", ...cash, missing: "no order"},
      {key: "gap_amount", label: "Ordered less won", ...cash, missing: "nothing to compare"},
      {key: "closed_on", label: "Won", unit: "date", missing: "not won"},
      {key: "ordered_on", label: "Ordered", unit: "date", missing: "no order"},
      {key: "owner", label: "Owner", unit: "text", missing: "no deal"}
    ],
    {
      caption: "To mend between deals and orders, the most money first",
      showCaption: true,
      pageSize: 8,
      of: toMend.n,
      empty: {reason: "Deals and orders agree: nothing to mend.", action: "Nothing to do."}
    }
  );
}
