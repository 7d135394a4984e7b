/** What the filter bar asks for, as figures want it: filters, the period with its fair comparison, the day, the cut. */
import {dayNumber} from "../slices/facts.js";
import type {Filters, Period} from "../slices/select.js";
import type {Dimension, FiscalPeriod, SiteData} from "../slices/site.js";

/** The period chosen, the one before it to compare with, and the filters. */
export interface Chosen {
  filters: Filters;
  period: FiscalPeriod;
  /** The period before, cut to as many days as have passed of this one; absent at the beginning of the data. */
  before?: {label: string; period: Period};
}

/** A selection as it was known at the end of a day. */
export interface ChosenAsOf extends Chosen {
  /** The day, ISO and as a number. */
  asOf: string;
  day: number;
  /** What slices are cut by; null when the deals are cut by nothing. */
  cut: Dimension | null;
  /** The days that the page asks for itself. */
  dates?: Record<string, string> | undefined;
}

/** What the filter bar holds. */
export interface State {
  period: string | null;
  filters: Record<string, string[]>;
  dates?: Record<string, string>;
  cut?: string;
}

/** Key in the address of the day as of which a page is asked. */
export const AS_OF = "on";

const DAY_MS = 86_400_000;

/** The chosen period (the last quarter when the state has none) and its fair comparison. */
export function choose({site}: {site: SiteData}, state: State): Chosen {
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

/**
 * The selection cut to what was known on the day: periods end there, and the last one that has begun is the default; before the first,
 * as the history of a young firm may reach, that one.
 */
export function chooseAsOf({site}: {site: SiteData}, state: State): ChosenAsOf {
  const asOf = state.dates?.[AS_OF] ?? site.asOf;
  const quarters = site.quarters.filter(({from}, i) => i === 0 || from <= asOf);
  const chosen = choose({site: {...site, asOf, quarters}}, state);
  const to = chosen.period.to > asOf ? asOf : chosen.period.to;
  return {...chosen, period: {...chosen.period, to}, asOf, day: dayNumber(asOf), cut: cutOf(site, state)};
}

/** Whether the page is asked as of the newest day. */
export function isToday({asOf}: SiteData, {dates}: Pick<State, "dates">): boolean {
  return (dates?.[AS_OF] ?? asOf) === asOf;
}

/** The dimension that the filter bar says; null when the deals are cut by none. */
export function cutOf({dimensions}: SiteData, {cut}: Pick<State, "cut">): Dimension | null {
  return dimensions.find(({key}) => key === cut) ?? dimensions[0] ?? null;
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
