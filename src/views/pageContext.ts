/** What the views of a page draw from: the workspace, its facts and the metric catalogue. */
import type {Facts, FactTable} from "../slices/facts.js";
import type {Filters, Period} from "../slices/select.js";
import type {FiscalPeriod, SiteData} from "../slices/site.js";

export interface PageContext {
  site: SiteData;
  facts: Facts;
  /** Of a large firm whose facts are cells: the largest deals, and the row of the cells that each is counted in. */
  cells?: {largest: () => Promise<{deals: FactTable; cellOf: number[]}>};
}

/** What the filter bar says: the period chosen, the one before it to compare with, and the filters. */
export interface Chosen {
  filters: Filters;
  period: FiscalPeriod;
  /** The period before, cut to as many days as have passed of this one; absent at the beginning of the data. */
  before?: {label: string; period: Period};
}

const DAY_MS = 86_400_000;

/** The chosen period (the last quarter when the state has none) and its fair comparison. */
export function choose(
  {site}: PageContext,
  state: {period: string | null; filters: Record<string, string[]>}
): Chosen {
  const index = site.quarters.findIndex(({label}) => label === state.period);
  const at = index < 0 ? site.quarters.length - 1 : index;
  const period = site.quarters[at]!;
  const previous = site.quarters[at - 1];
  if (!previous) return {filters: state.filters, period};
  const isPartial = site.asOf < period.to;
  const to = isPartial ? addDays(previous.from, daysBetween(period.from, site.asOf)) : previous.to;
  return {
    filters: state.filters,
    period,
    before: {
      label: isPartial ? `vs ${previous.label} to the same day` : `vs ${previous.label}`,
      period: {from: previous.from, to: earlier(to, previous.to)}
    }
  };
}

/** ISO days order like texts. */
function earlier(a: string, b: string): string {
  return [a, b].sort()[0]!;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function addDays(day: string, n: number): string {
  return new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10);
}
