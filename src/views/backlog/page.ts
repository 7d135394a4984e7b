/** The sections of the Backlog & delivery page, in their order. */
import {html} from "htl";
import {Empty} from "../../components/empty.js";
import {Later} from "../../components/later.js";
import type {BacklogFigures} from "../../figures/backlog.js";
import type {SiteData} from "../../slices/site.js";
import type {PageContext} from "../pageContext.js";
import {holdsNo, isPartOfFirm} from "../wholeFirm.js";
import {ChainClasses, ChainRepairs} from "./chain.js";
import {BacklogDue, LateOrders} from "./due.js";
import {backlogKpis} from "./kpis.js";
import {LeadCurve, PhaseTimes, PromiseErrors} from "./leadTimes.js";
import {BacklogBridge, BacklogQuarters, BacklogTrend} from "./movement.js";

const noOrders = (site: SiteData) => ({
  reason: holdsNo(site, "orders"),
  action:
    "Export from the ERP: orders (number, deal id, customer, ordered and promised day, amount, currency, status), their milestones planned and actual, shipments and invoices. weir init recognises them by their headers; loaders/sources/orders/README.md names the columns."
});

/** Everything below the page's filters. @param period the quarter whose movement is told */
export function BacklogPage(
  context: PageContext,
  figures: BacklogFigures,
  period: string | null
): HTMLElement {
  if (!figures.hasOrders) return Empty(noOrders(context.site));
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
    ${isPartOfFirm(context.site) ? null : [ChainClasses(context, figures), ChainRepairs(context, figures)]}
  </div>`;
}
