/** The filter bar of the pages, made from what the workspace can be cut by. */
import type {DateChoice} from "../components/dateField.js";
import {type CutChoice, FilterBar, type FilterBarElement, type FilterFit} from "../components/filterBar.js";
import {count, date} from "../components/format.js";
import {fitting, type PartsIndex} from "../slices/parts.js";
import type {SiteData} from "../slices/site.js";
import type {PageContext} from "./pageContext.js";
import type {Source} from "./source.js";

export {cutOf} from "../figures/chosen.js";

/** How fresh the data is, in words; marked when it is older than the workspace allows. */
export function freshness(site: SiteData): {text: string; stale: boolean} {
  const daysOld = Math.floor((Date.parse(site.builtAt) - Date.parse(site.asOf)) / 86_400_000);
  const stale = !site.isSynthetic && daysOld > site.staleAfterDays;
  const built = date(site.builtAt);
  return {text: stale ? `data ${daysOld} days old when built on ${built}` : `built ${built}`, stale};
}

/** What a filter bar is made from; a page's source has `ahead` too. */
export type FilterContext = PageContext & Partial<Pick<Source, "ahead">>;

/**
 * `periodPhrase` says what the period selects ("closed in"); without it the page has no period. `ownKeys` are those in the
 * address that mean something on this page alone; `isCut` asks what the page's slices are cut by.
 */
export function PageFilters(
  {site, ahead}: FilterContext,
  periodPhrase: string | null,
  dates: readonly DateChoice[] = [],
  ownKeys: readonly string[] = [],
  isCut = false
): FilterBarElement {
  const newestFirst = [...site.quarters].reverse();
  const current = site.quarters.at(-1);
  return FilterBar({
    dimensions: site.dimensions,
    period:
      periodPhrase && current
        ? {
            values: newestFirst.map(({label}) => ({value: label, label})),
            initial: current.label,
            label: "Quarter",
            phrase: periodPhrase,
            asked: (label, {on = site.asOf}) =>
              newestFirst.find((quarter) => quarter.label === label && quarter.from <= on)?.label ??
              newestFirst.find(({from}) => from <= on)?.label ??
              label
          }
        : null,
    dates,
    cut: isCut ? cutChoice(site) : null,
    asOf: site.asOf,
    freshness: freshness(site),
    // Pages without a period hand it on to those that have one.
    otherKeys: periodPhrase ? [] : ["period"],
    ownKeys,
    everything: "All deals",
    ...(ahead ? {onLikely: ahead} : {}),
    ...fitOf(site)
  });
}

/** Which filters a large firm's pages can ask together. */
export function fitOf({parts, nDeals, dimensions}: SiteData): {fit?: FilterFit} {
  if (!parts) return {};
  const labelOf = (key: string) =>
    dimensions.find((dimension) => dimension.key === key)?.label.toLowerCase() ?? key;
  return {
    fit: {
      keep: (filters, key, before) => fitting(parts, filters, key, before),
      why: `With ${count(nDeals)} deals ${why(parts, labelOf)}`
    }
  };
}

function why({isAnswered, rows, pairs}: PartsIndex, labelOf: (key: string) => string): string {
  if (!isAnswered)
    return "not all filters are asked together: up to three that have few values, or any with one narrow value such as an owner.";
  const couples = pairs.map((keys) => keys.map(labelOf).join(" with "));
  const together = couples.length > 0 ? ` (or of two: ${couples.join(", ")})` : "";
  const narrow = rows.length > 0 ? ", or of any with one narrow value such as an owner" : "";
  return `this page is asked of one value of one filter at a time${together}${narrow}.`;
}

/** Every dimension the deals are cut by; null when there is none. */
export function cutChoice({dimensions}: SiteData): CutChoice | null {
  const values = dimensions.map(({key, label}) => ({value: key, label: label.toLowerCase()}));
  return values.length > 0 ? {values, initial: values[0]!.value} : null;
}
