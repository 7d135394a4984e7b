/** What every page knows of the workspace and the build; made by loaders/pages/siteData.ts. */
import type {MetricCatalogue} from "./metricSpec.js";
import type {PartsIndex} from "./parts.js";

export interface Dimension {
  key: string;
  label: string;
  values: {value: string; n: number}[];
}

/** A fiscal month or quarter. Days are ISO. */
export interface FiscalPeriod {
  label: string;
  from: string;
  to: string;
}

export interface StageInfo {
  pipeline: string;
  stage: string;
  order: number;
  kind: "open" | "won" | "lost";
  probability: number | null;
  day_limit: number | null;
  /** Deals in it count as qualified pipeline; null where the workspace names no stage from which on they do. */
  is_qualified: boolean | null;
  /** No deal is known to have entered it on a day: the exports cannot say who was in it and who was not. */
  is_undated: boolean;
}

/** For whom the site is, where it is not for the firm itself. */
export interface AudienceData {
  title: string;
  /** Some of the firm's deals are left out. */
  isRestricted: boolean;
  /** Which deals it has: "deals of partner Acme"; null for all. */
  rowsWords: string | null;
  /** Kinds of what the exports fill and these readers do not get, in words. */
  leftOut: string[];
}

export interface SiteData {
  company: string;
  about: string | null;
  isSynthetic: boolean;
  currency: string;
  asOf: string;
  builtAt: string;
  /** Days after which the pages call the data stale. */
  staleAfterDays: number;
  nDeals: number;
  nFiles: number;
  nWarnings: number;
  /** Open deals without a day of creation that for want of any other are new on the as-of day. */
  nUndated: number;
  dimensions: Dimension[];
  weekStartsOn: "monday" | "sunday" | "saturday";
  months: FiscalPeriod[];
  quarters: FiscalPeriod[];
  stages: StageInfo[];
  ageBands: string[];
  catalogue: MetricCatalogue;
  /** SQL of each metric for `ANY_PERIOD`, for "how this is computed". */
  sql: Record<string, string>;
  dealUrl: string | null;
  /** Of a large firm; null where pages have one row a deal. */
  parts: PartsIndex | null;
  hasStageHistory: boolean;
  /** The first day as of which flags and rules of stages can be asked. */
  flagsSince: string;
  /** Keys of the pages there are, in the order of the menu (sitePages.ts). */
  pages: string[];
  /** Null in the whole firm's own site. */
  audience: AudienceData | null;
}

/** Stands in the SQL of the catalogue for the days of a period. */
export const ANY_PERIOD = {from: "FROM", to: "TO"};

/** The SQL of a metric over a period, from that for `ANY_PERIOD`; filters are not in it, and it says so. */
export function sqlOf(sql: string, {from, to}: {from: string; to: string}, isFiltered: boolean): string {
  const dated = sql
    .replaceAll(`'${ANY_PERIOD.from}'`, `'${from}'`)
    .replaceAll(`'${ANY_PERIOD.to}'`, `'${to}'`);
  return isFiltered ? `-- Of all deals: the page's filters are not in it.\n${dated}` : dated;
}
