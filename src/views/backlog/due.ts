/** What is to be delivered when: the backlog by promised month, and orders that are late by money. */
import {Chart} from "../../components/chart.js";
import {Columns} from "../../components/charts/columns.js";
import {DataTable} from "../../components/dataTable.js";
import {count, money, month, percent} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import type {BacklogFigures} from "../../figures/backlog.js";
import type {DueBacklog, PromisedParts} from "../../slices/backlog/promises.js";
import {definitionOf} from "../metricKpi.js";
import type {PageContext} from "../pageContext.js";
import {orderColumns} from "./orderList.js";

const KINDS: Record<DueBacklog["kind"], string> = {
  overdue: "overdue",
  due: "promised",
  later: "promised",
  "not promised": "no promise"
};

/** The backlog by the month it was promised for, overdue first. */
export function BacklogDue(context: PageContext, {due, promised, open}: BacklogFigures): HTMLElement {
  const {currency} = context.site;
  const rows = due.map(({month: of, kind, cents, n}) => ({
    label: of ? month(of) : kind === "overdue" ? "Overdue" : kind === "later" ? "Later" : "No promise",
    key: KINDS[kind],
    value: cents / 100,
    n
  }));
  const keys = ["overdue", "promised", "no promise"].filter((key) => rows.some((row) => row.key === key));
  const tones: Record<string, string> = {
    overdue: colour("warning"),
    promised: colour("open"),
    "no promise": colour("muted")
  };
  return Chart({
    title: dueTitle(promised, open.cents, currency),
    subtitle: `What is left to ship by the month it was promised for, ${currency}`,
    rows: open.list.n > 0 ? rows : [],
    columns: [
      {key: "label", label: "Promised for", unit: "text"},
      {key: "value", label: "Left to ship", unit: "money", currency, total: true},
      {key: "n", label: "Orders", unit: "count", total: true}
    ],
    name: "backlog-by-promised-month",
    how: definitionOf(context, "backlog"),
    note: "The columns add up to the backlog. Overdue has its own column, whatever month it was promised for.",
    empty: {reason: "Nothing is left to ship in this selection.", action: "Clear a filter."},
    render: (width) =>
      Columns({
        rows,
        keys,
        colours: keys.map((key) => tones[key]!),
        width,
        unit: "money",
        currency,
        noun: "orders"
      })
  });
}

function dueTitle({overdue, n, nNone}: PromisedParts, allCents: number, currency: string): string {
  if (n === 0)
    return nNone > 0 ? "No order in the backlog has a promised day" : "What is to be delivered when";
  if (overdue.n === 0)
    return nNone > 0
      ? `Nothing of what has a promised day is past it; ${count(nNone)} ${nNone === 1 ? "order has" : "orders have"} none`
      : "Nothing in the backlog is past its promised day";
  const orders = `${count(overdue.n)} ${overdue.n === 1 ? "order is" : "orders are"} past the promised day`;
  return overdue.cents > 0
    ? `${money(overdue.cents / 100, currency)} of the backlog is past its promised day (${percent(overdue.cents / allCents)})`
    : `${orders}, of no stated amount`;
}

/** Orders past their promise or behind their plan, the dearest first. */
export function LateOrders(context: PageContext, {late, nPastPromise}: BacklogFigures): HTMLElement {
  const behind = late.n - nPastPromise;
  return DataTable(
    late.list,
    orderColumns(context, [
      ...(["order_id", "amount", "account_name", "product", "promised_on", "late_days"] as const),
      ...(["next_milestone", "next_planned_on", "next_late_days", "deal_name", "left", "state"] as const)
    ]),
    {
      caption: `Late orders, the dearest first: ${nPastPromise === 0 ? "none" : count(nPastPromise)} past the promised day, ${count(behind)} ${nPastPromise === 0 ? "" : "more "}behind the plan of the step they are in`,
      showCaption: true,
      pageSize: 10,
      of: late.n,
      how: definitionOf(context, "late_orders"),
      empty: {
        reason: "No order is past its promise or behind its plan.",
        action: "Nothing to do; or the exports have no promises and milestones."
      }
    }
  );
}
