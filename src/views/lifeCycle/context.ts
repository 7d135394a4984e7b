/** What the phases of the partner life cycle share: the programme, worked out once, and how its deals are shown. */
import {html} from "htl";
import type {Unit} from "../../components/format.js";
import {signed} from "../../components/format.js";
import type {AdjustedEffect} from "../../slices/adjustedEffect.js";
import {dayNumber, type FactTable} from "../../slices/facts.js";
import {numberAt, rowsOf} from "../../slices/partners/columns.js";
import type {ProgrammeData} from "../../slices/partners/programmeData.js";
import {showDeals} from "../deals.js";
import type {PageContext} from "../pageContext.js";

export interface LifeCycle {
  context: PageContext;
  data: ProgrammeData;
  deals: FactTable;
  asOf: number;
  /** Rows of parts under which deals are counted: one a deal. */
  brought: number[];
  currency: string;
}

/** The page's data as its views want it. */
export function lifeCycle(context: PageContext, data: ProgrammeData): LifeCycle {
  return {
    context,
    data,
    deals: context.facts["deals"]!,
    asOf: dayNumber(data.asOf),
    brought: rowsOf(data.parts).filter((row) => numberAt(data.parts, "is_origin", row) === 1),
    currency: context.site.currency
  };
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
  rows: readonly number[],
  says: {title: string; scope: string; value: number; unit: Unit}
): void {
  if (rows.length > 0) showDeals(context, rows, says);
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
