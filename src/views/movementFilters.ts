/** The Movement page's filters: the quarter deals are due in, the two days by name or by hand, and the slices. */
import {FilterBar, type FilterBarElement, type FilterState} from "../components/filterBar.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {namedSpans} from "../slices/spans.js";
import {cutChoice, type FilterContext, fitOf, freshness} from "./filters.js";

const ANY = "any";

/** Quarter deals are due in, the two days, and the slices. */
export function MovementFilters(
  {site, ahead}: Pick<FilterContext, "site" | "ahead">,
  data: Pick<MovementData, "since" | "quarters">
): FilterBarElement {
  const min = isoDay(dayNumber(data.since) - 1);
  const newestFirst = [...data.quarters].reverse();
  const spans = namedSpans(site)
    .map(({key, label, from, to}, i) => ({
      value: key,
      label,
      // Of data younger than that the usual span is all there is.
      dates: {from: i === 0 && from < min ? min : from, to}
    }))
    .filter(({dates}) => dates.from >= min);
  return FilterBar({
    dimensions: site.dimensions,
    period: {
      values: [{value: ANY, label: "any quarter"}, ...newestFirst.map(({label}) => ({value: label, label}))],
      initial: ANY,
      label: "Due in",
      phrase: "due in"
    },
    dates: [
      {
        key: "from",
        label: "From the end of",
        initial: spans[0]!.dates.from,
        min,
        max: site.asOf,
        phrase: "after"
      },
      {key: "to", label: "to", initial: site.asOf, min, max: site.asOf, phrase: "until"}
    ],
    spans: {values: spans, initial: spans[0]!.value},
    // Weeks of a large firm are added up before they come: nothing is left to cut.
    cut: site.parts && !site.parts.recent ? null : cutChoice(site),
    asOf: site.asOf,
    freshness: freshness(site),
    everything: "All deals",
    ...(ahead ? {onLikely: ahead} : {}),
    // What is asked of the newest quarters may be filtered by anything.
    ...(site.parts?.recent ? {} : fitOf(site))
  });
}

/** The filters, and the quarter that deals are due in as one more. */
export function askedOf({filters, period}: FilterState): FilterState["filters"] {
  return {...filters, due: period === null || period === ANY ? [] : [period]};
}

/** The earlier of the days that the bar asks for. */
export function firstDay({dates}: FilterState): string {
  return [dates!["from"]!, dates!["to"]!].sort()[0]!;
}
