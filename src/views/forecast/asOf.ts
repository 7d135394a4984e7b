/** The head of pages that cannot be filtered: the as-of day, and what becomes of the filters that led here. */
import {html} from "htl";
import {date} from "../../components/format.js";
import {carryFilters} from "../../components/navLinks.js";
import type {SiteData} from "../../slices/site.js";

/**
 * "As of 22 May 2026. Past days are shown as they were known then."; filters in the address go on to the next page and are said not to
 * apply here.
 * @param more a further sentence
 */
export function AsOfHead(
  site: SiteData,
  {asOf}: {asOf: string},
  more = "Past days are shown as they were known then."
): HTMLElement {
  const labels = new Map(site.dimensions.map(({key, label}) => [key, label]));
  const known = [...new URLSearchParams(location.search)].filter(
    ([key]) => labels.has(key) || key === "period" || key === "on"
  );
  const kept = new URLSearchParams(known).toString();
  carryFilters(kept && `?${kept}`);
  const filters = [...new Set(known.flatMap(([key]) => labels.get(key) ?? []))];
  return html`<div>
    <p class="weir-chart-note">As of ${date(asOf)}. ${more}</p>
    ${
      filters.length > 0
        ? html`<p class="weir-filters-note" role="status">This page is not filtered: the filter on ${filters.join(", ")} applies again on pages that have filters.</p>`
        : null
    }
  </div>`;
}
