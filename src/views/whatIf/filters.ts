import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import type {ScenarioInput} from "../../scenario/input.js";
import type {SiteData} from "../../slices/site.js";
import {freshness} from "../filters.js";
import {OWN_KEYS} from "./state.js";

/** The filter bar of the What-if page: its periods are those a scenario looks at. */
export function ScenarioFilters(site: SiteData, input: ScenarioInput): FilterBarElement {
  const cuts = site.dimensions.filter(({key}) => input.deals.columns[key]?.kind === "key");
  return FilterBar({
    dimensions: cuts,
    period: {
      values: input.windows.map(({label}) => ({value: label, label})),
      initial: input.windows[0]!.label,
      phrase: "won in"
    },
    asOf: site.asOf,
    freshness: freshness(site),
    ownKeys: OWN_KEYS,
    everything: "All deals"
  });
}
