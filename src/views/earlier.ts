/** Headline figures held against those of an earlier day. */
import {html} from "htl";
import {count, date, type Unit} from "../components/format.js";
import type {Comparison} from "../components/kpi.js";
import {Picks, type PicksElement} from "../components/picks.js";
import {AS_OF, type ChosenAsOf, chooseAsOf, type State} from "../figures/chosen.js";
import {EARLIER, type EarlierKey, earlierDay} from "../figures/earlier.js";
import type {SiteData} from "../slices/site.js";
import type {Loaded, Source} from "./source.js";

/** Key in the address of the day to compare with. */
export const EARLIER_KEY = "versus";

/** What figures were on an earlier day. */
export interface Earlier<Figures> {
  /** ISO day. */
  on: string;
  /** Null where that day is not held. */
  figures: Figures | null;
  /** Why it is not. */
  why: string;
}

/** Chooses the day to compare with. A large firm has the ends of quarters of every page. */
export function EarlierPick({parts}: SiteData): PicksElement {
  const pick = {key: EARLIER_KEY, label: "Compared with", values: EARLIER};
  return Picks([{...pick, initial: parts ? "quarter_end" : "week"}], "Comparison");
}

/**
 * The figures of the day chosen by the pick; null for none.
 * @param since the first day that the page can be asked of
 */
export async function earlier<Figures>(
  source: Source,
  state: State,
  picked: PicksElement["value"],
  {since, of}: {since: string; of: (loaded: Loaded, chosen: ChosenAsOf) => Figures}
): Promise<Earlier<Figures> | null> {
  const {site} = source;
  const asOf = state.dates?.[AS_OF] ?? site.asOf;
  const on = earlierDay(asOf, picked[EARLIER_KEY] as EarlierKey, site);
  if (on === null) return null;
  const first = [since, site.quarters[0]?.from ?? since].sort()[1]!;
  if (on < first) return {on, figures: null, why: `What is known begins on ${date(first)}.`};
  const loaded = await source.before(state.filters, on);
  if (loaded === null) return {on, figures: null, why: notHeld(site)};
  return {on, figures: of(loaded, chooseAsOf(loaded.context, {...state, dates: {on}})), why: ""};
}

/** A figure's signed difference to the earlier day; nothing to say where none is chosen. */
export function comparedWith<Figures>(
  before: Earlier<Figures> | null,
  now: number | null,
  of: (figures: Figures) => number | null,
  unit: Unit,
  goodWhen: Comparison["goodWhen"] = null
): {comparison?: Comparison} {
  if (!before?.figures || now === null) return {};
  const then = of(before.figures);
  return {
    comparison: {
      ...{unit, goodWhen},
      value: then === null ? null : now - then,
      label: `${then === null ? "with" : "since"} ${date(before.on)}`
    }
  };
}

/** The pick, where the page has figures to compare. */
export function EarlierBar(pick: PicksElement, _figures: object): HTMLElement {
  return html`<div class="weir-compared">${pick}</div>`;
}

/** Why there is nothing to compare with. */
export function earlierNote<Figures>(before: Earlier<Figures> | null): HTMLElement | string {
  return before?.why
    ? html`<p class="weir-chart-note" role="status">No comparison with ${date(before.on)}. ${before.why}</p>`
    : "";
}

function notHeld({nDeals, parts}: SiteData): string {
  const {isAnswered, days} = parts!;
  const held = isAnswered
    ? `only the whole, without filters, is held of earlier days: ${days.map(date).join(", ")}`
    : "the ends of weeks are held, of up to three filters that have few values";
  return `With ${count(nDeals)} deals ${held}. Of one narrow value such as an owner any day is.`;
}
