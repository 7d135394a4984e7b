/** Pages that can be asked as of any past day: the filter bar with that day. */
import type {FilterBarElement} from "../components/filterBar.js";
import {AS_OF} from "../figures/chosen.js";
import {EARLIER_KEY} from "./earlier.js";
import {type FilterContext, PageFilters} from "./filters.js";
import type {History} from "./source.js";

export {type ChosenAsOf, chooseAsOf, isToday} from "../figures/chosen.js";

/** The usual filters, the day as of which the page is asked (quarter and day within the page's history), and what it is cut by. */
export function AsOfFilters(
  {history, ...context}: FilterContext & {history: History},
  periodPhrase: string | null
): FilterBarElement {
  const quarters = context.site.quarters.filter(({from}) => !history.isShortened || from >= history.since);
  const site = {...context.site, quarters};
  const min = quarters[0]?.from ?? site.asOf;
  const day = {key: AS_OF, label: "As of", initial: site.asOf, min, max: site.asOf, phrase: "as of"};
  return PageFilters({...context, site}, periodPhrase, [day], [EARLIER_KEY], true);
}

/** Pages of open deals: the usual filters, the day, and what slices are cut by; days as far back as flags and rules are known. */
export function StandingFilters(context: FilterContext, periodPhrase: string | null): FilterBarElement {
  const {asOf, flagsSince: min} = context.site;
  const day = {key: AS_OF, label: "As of", initial: asOf, min, max: asOf, phrase: "as of"};
  return PageFilters(context, periodPhrase, [day], [EARLIER_KEY], true);
}

/** What people called is known from the end of the first quarter on. */
export function PeopleFilters(context: FilterContext): FilterBarElement {
  const {asOf, quarters} = context.site;
  const min = quarters[0]?.to ?? asOf;
  const day = {
    key: AS_OF,
    label: "As of",
    initial: asOf,
    min: min < asOf ? min : asOf,
    max: asOf,
    phrase: "as of"
  };
  return PageFilters(context, null, [day], [], true);
}
