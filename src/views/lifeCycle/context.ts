/** What the phases of the partner life cycle share: the programme, worked out once, and how its deals are shown. */
import {html} from "htl";
import type {Unit} from "../../components/format.js";
import {signed} from "../../components/format.js";
import type {LifeCycleFigures} from "../../figures/lifeCycle.js";
import type {DealList} from "../../figures/pageFigures.js";
import type {AdjustedEffect} from "../../slices/adjustedEffect.js";
import {showDeals} from "../deals.js";
import type {PageContext} from "../pageContext.js";

export interface LifeCycle {
  context: PageContext;
  figures: LifeCycleFigures;
  currency: string;
}

/** The page's figures as its views want them. */
export function lifeCycle(context: PageContext, figures: LifeCycleFigures): LifeCycle {
  return {context, figures, currency: context.site.currency};
}

export const NO_PARTNERS = {
  reason: "The exports hold no partners.",
  action:
    "Export partners of deals, deal registrations or the partner list, and map them to deal_partner, registration or partner."
};
export const NO_PROGRAMME = (what: string) => ({
  reason: `The exports hold no ${what}.`,
  action:
    "Export the partner portal's events (training, funds, meetings, payouts) and map them to partner_event."
});

/** One phase: its name, its question, its figures. */
export function Phase(
  {id, name, question}: {id: string; name: string; question: string},
  ...parts: (HTMLElement | null)[]
): HTMLElement {
  return html`<section class="weir-phase" id=${id}>
    <p class="weir-phase-name">${name}</p>
    <h2 class="weir-phase-question">${question}</h2>
    ${parts}
  </section>`;
}

/** Lists the deals behind a row. */
export function listDeals(
  {context}: LifeCycle,
  deals: DealList,
  says: {title: string; scope: string; value: number; unit: Unit}
): void {
  if (deals.n > 0) showDeals(context, deals, says);
}

/** An adjusted difference of win rates in words, with its interval. */
export function inWords({difference, lo, hi}: AdjustedEffect): string {
  if (difference === null || lo === null || hi === null) return "not enough data";
  const range = `${signed(lo, "ratio")} to ${signed(hi, "ratio")}`;
  return lo > 0 ? `more often (${range})` : hi < 0 ? `less often (${range})` : `cannot be told (${range})`;
}

/** A difference of rates in points; null stays null. */
export function points(value: number | null): string | null {
  return value === null ? null : signed(value, "ratio");
}
