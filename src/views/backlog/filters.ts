/** The page's filters: what orders are cut by, and the quarter whose movement is told. */
import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import {fitOf, freshness} from "../filters.js";
import type {BacklogSource} from "./source.js";

export function BacklogFilters({site, quarters, ahead}: BacklogSource): FilterBarElement {
  const newestFirst = [...quarters].reverse();
  return FilterBar({
    dimensions: site.dimensions,
    period:
      newestFirst.length > 0
        ? {
            values: newestFirst.map((label) => ({value: label, label})),
            initial: newestFirst[0]!,
            label: "Quarter",
            phrase: "movement in"
          }
        : null,
    asOf: site.asOf,
    freshness: freshness(site),
    everything: "All orders",
    otherKeys: newestFirst.length > 0 ? [] : ["period"],
    onLikely: ahead,
    ...fitOf(site)
  });
}
