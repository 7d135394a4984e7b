/** The Marketing page's filters: campaigns by when they began, channel and kind; their deals as on every page. */
import {FilterBar, type FilterBarElement} from "../components/filterBar.js";
import {BEGAN, CHANNEL, KIND} from "../figures/marketing.js";
import {fitOf, freshness} from "./filters.js";
import type {MarketingSource} from "./marketingSource.js";

/** The bar; `site` has the page's own dimensions. */
export function MarketingFilters({site, ahead}: Pick<MarketingSource, "site" | "ahead">): FilterBarElement {
  return FilterBar({
    dimensions: site.dimensions,
    asOf: site.asOf,
    freshness: freshness(site),
    otherKeys: ["period"],
    ownKeys: [BEGAN, CHANNEL, KIND],
    everything: "All campaigns, all time",
    onLikely: ahead,
    ...fitOf(site)
  });
}
