import {FilterBar, type FilterBarElement} from "../../components/filterBar.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {dayNumber} from "../../slices/facts.js";
import type {SiteData} from "../../slices/site.js";
import {freshness} from "../filters.js";
import {OWN_KEYS} from "./state.js";

/** With fewer days left hardly any lever still reaches into a period. */
const FEW_DAYS = 42;

/** The period looked at first: the current quarter, or the next one when the current is nearly over. */
export function firstWindow({windows, asOf}: Pick<ScenarioHead, "windows" | "asOf">): string {
  const [now, next] = windows;
  const left = dayNumber(now!.to) - dayNumber(asOf);
  return (left < FEW_DAYS && next ? next : now!).label;
}

/** The filter bar of the What-if page: its periods are those a scenario looks at. */
export function ScenarioFilters(site: SiteData, head: ScenarioHead): FilterBarElement {
  const cuts = site.dimensions.filter(({key}) => head.cuts.includes(key));
  return FilterBar({
    dimensions: cuts,
    period: {
      values: head.windows.map(({label}) => ({value: label, label})),
      initial: firstWindow(head),
      phrase: "won in"
    },
    asOf: site.asOf,
    freshness: freshness(site),
    ownKeys: OWN_KEYS,
    everything: "All deals"
  });
}
