/** The Backlog & delivery page: one sentence, and the sections in their order. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Empty} from "../../components/empty.js";
import {count, money, percent} from "../../components/format.js";
import {Later} from "../../components/later.js";
import type {BacklogFigures} from "../../figures/backlog.js";
import {stated} from "../../slices/evaluate.js";
import type {PageContext} from "../pageContext.js";
import {ChainClasses, ChainRepairs} from "./chain.js";
import {BacklogDue, LateOrders} from "./due.js";
import {backlogKpis} from "./kpis.js";
import {LeadCurve, PhaseTimes, PromiseErrors} from "./leadTimes.js";
import {BacklogBridge, BacklogQuarters, BacklogTrend} from "./movement.js";

const NO_ORDERS = {
  reason: "The exports have no orders.",
  action:
    "Export from the ERP: orders (number, deal id, customer, ordered and promised day, amount, currency, status), their milestones planned and actual, shipments and invoices. weir init recognises them by their headers; loaders/sources/orders/README.md names the columns."
};

/** How much is to be made, how much of it is late, and how promises have held. */
export function backlogAnswer({site}: PageContext, figures: BacklogFigures): Content | null {
  if (!figures.hasOrders || figures.nOrders === 0) return null;
  const {open, lasts, due, onTime} = figures;
  const cash = (cents: number) => html`<strong>${money(cents / 100, site.currency)}</strong>`;
  if (open.list.n === 0) return ["Nothing is left to ship: every order has left the works or was cancelled."];
  if (stated(open.cents, open.list.n) === null)
    return [`${count(open.list.n)} orders are still to be shipped; none of them states an amount.`];
  const overdue = due.find(({kind}) => kind === "overdue");
  return [
    cash(open.cents),
    ` in ${count(open.list.n)} orders is still to be shipped`,
    ...(lasts === null
      ? []
      : [`, ${count(Math.round(lasts * 10) / 10)} months of shipments at the pace of the last twelve`]),
    ...(overdue && overdue.n > 0
      ? [
          "; ",
          cash(overdue.cents),
          ` of it (${count(overdue.n)} ${overdue.n === 1 ? "order" : "orders"}) is past the promised day`
        ]
      : ["; none of it is past the promised day"]),
    ...(onTime.share === null
      ? ["."]
      : [
          ". Of what was promised for the last twelve months, ",
          html`<strong>${percent(onTime.share)}</strong>`,
          " arrived on time."
        ])
  ];
}

/** Everything below the page's filters. @param period the quarter whose movement is told */
export function BacklogPage(
  context: PageContext,
  figures: BacklogFigures,
  period: string | null
): HTMLElement {
  if (!figures.hasOrders) return Empty(NO_ORDERS);
  return html`<div class="weir-stack">
    ${backlogKpis(context, figures)}
    <div class="weir-columns">
      <div>${BacklogBridge(context, figures, period)}</div>
      <div>${BacklogTrend(context, figures)}</div>
    </div>
    ${BacklogQuarters(context, figures)}
    ${BacklogDue(context, figures)}
    ${LateOrders(context, figures)}
    ${Later(420, () => PhaseTimes(context, figures))}
    <div class="weir-columns">
      <div>${Later(380, () => LeadCurve(context, figures))}</div>
      <div>${Later(380, () => PromiseErrors(context, figures))}</div>
    </div>
    ${ChainClasses(context, figures)}
    ${ChainRepairs(context, figures)}
  </div>`;
}
