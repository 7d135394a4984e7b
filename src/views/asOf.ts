/** Pages that can be asked as of any past day: the filter bar with that day, and the selection cut to it. */
import type {FilterBarElement, FilterState} from "../components/filterBar.js";
import {dayNumber} from "../slices/facts.js";
import type {Dimension} from "../slices/site.js";
import {cutOf, PageFilters} from "./filters.js";
import {type Chosen, choose, type PageContext} from "./pageContext.js";
import type {History} from "./source.js";

/** A selection as it was known at the end of a day. */
export interface ChosenAsOf extends Chosen {
  /** The day, ISO and as a number. */
  asOf: string;
  day: number;
  /** What slices are cut by; null when the deals are cut by nothing. */
  cut: Dimension | null;
}

/** The usual filters, the day as of which the page is asked (quarter and day within the page's history), and what it is cut by. */
export function AsOfFilters(
  {history, ...context}: PageContext & {history: History},
  periodPhrase: string | null
): FilterBarElement {
  const quarters = context.site.quarters.filter(({from}) => !history.isShortened || from >= history.since);
  const site = {...context.site, quarters};
  const min = quarters[0]?.from ?? site.asOf;
  const day = {key: "on", label: "As of", initial: site.asOf, min, max: site.asOf, phrase: "as of"};
  return PageFilters({...context, site}, periodPhrase, [day], [], true);
}

/** The selection cut to what was known on the day: periods end there, and the last one that has begun is the default. */
export function chooseAsOf(context: PageContext, state: FilterState): ChosenAsOf {
  const asOf = state.dates?.["on"] ?? context.site.asOf;
  const quarters = context.site.quarters.filter(({from}) => from <= asOf);
  const site = {...context.site, asOf, quarters};
  const chosen = choose({...context, site}, state);
  const to = chosen.period.to > asOf ? asOf : chosen.period.to;
  return {
    ...chosen,
    period: {...chosen.period, to},
    asOf,
    day: dayNumber(asOf),
    cut: cutOf(context.site, state)
  };
}
