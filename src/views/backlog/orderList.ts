/** Orders behind a figure, in the panel whose sum is checked against it. */
import type {TableColumn} from "../../components/dataTable.js";
import {openDealPanel} from "../../components/dealPanel.js";
import type {Unit} from "../../components/format.js";
import type {OrderRow} from "../../figures/backlog.js";
import type {Ranked} from "../../figures/pageFigures.js";
import type {PageContext} from "../pageContext.js";

export interface ShownOrders {
  title: string;
  scope: string;
  value: number | null;
  unit: Unit;
  /** What adds up to the figure: what is left to ship, or the order's amount. */
  worth: "left" | "amount";
  /** How the figure comes of the orders, where it is no sum of them. */
  made?: string;
  /** Columns after the amounts. */
  shows: readonly (keyof OrderRow)[];
}

/** Columns of tables of orders, by field. */
export function orderColumns(
  {site}: PageContext,
  keys: readonly (keyof OrderRow)[]
): TableColumn<OrderRow>[] {
  const cash = {unit: "money", currency: site.currency} as const;
  const link = ({deal_id}: OrderRow) =>
    deal_id === null ? null : (site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null);
  const all: Record<keyof OrderRow, Omit<TableColumn<OrderRow>, "key">> = {
    order_id: {label: "Order", unit: "text"},
    deal_id: {label: "Deal id", unit: "text", missing: "no deal"},
    deal_name: {label: "Deal", unit: "text", missing: "no deal", ...(site.dealUrl ? {link} : {})},
    account_name: {label: "Customer", unit: "text"},
    product: {label: "Product", unit: "text"},
    state: {label: "State", unit: "text"},
    ordered_on: {label: "Ordered", unit: "date"},
    promised_on: {label: "Promised", unit: "date", missing: "no promise"},
    delivered_on: {label: "Delivered", unit: "date", missing: "not known to have arrived"},
    amount: {label: "Amount", ...cash, missing: "no amount"},
    left: {label: "Left to ship", ...cash, missing: "no amount"},
    next_milestone: {label: "Step under way", unit: "text", missing: "none"},
    next_planned_on: {label: "Planned to end", unit: "date", missing: "no plan"},
    next_late_days: {label: "Behind plan", unit: "days", missing: "no plan"},
    promise_error_days: {label: "Promise error", unit: "days", missing: "not delivered, or no promise"},
    waited_days: {label: "Days so far", unit: "days"},
    late_days: {label: "Past promise", unit: "days", missing: "not past its promise"},
    assumed: {label: "Assumed", unit: "text", missing: "nothing"}
  };
  return keys.map((key) => ({key, ...all[key]}));
}

/** Opens the panel with the orders; of a large firm with the dearest of them and the sum of the others. */
export function showOrders(
  context: PageContext,
  {n, list}: Ranked<OrderRow>,
  {title, scope, value, unit, worth, made, shows}: ShownOrders
): void {
  const keys: (keyof OrderRow)[] = ["order_id", worth, ...shows, "account_name", "product", "deal_name"];
  const said = list.some(({assumed}) => assumed !== null) ? (["assumed"] as const) : [];
  openDealPanel({
    title,
    scope,
    figure: {value, unit, currency: context.site.currency},
    rows: list,
    columns: orderColumns(context, [...keys, ...said]),
    noun: ["order", "orders"],
    ...(made === undefined ? {} : {made, total: null}),
    ...(n > list.length ? {notListed: n - list.length} : {})
  });
}
