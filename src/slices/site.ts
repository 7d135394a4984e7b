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
  dimensions: Dimension[];
  weekStartsOn: "monday" | "sunday" | "saturday";
  months: FiscalPeriod[];
  quarters: FiscalPeriod[];
  stages: StageInfo[];
  ageBands: string[];
  catalogue: MetricCatalogue;
  /** SQL of each metric over all periods, for "how this is computed". */
  sql: Record<string, string>;
  dealUrl: string | null;
  /** Of a large firm; null where pages have one row a deal. */
  parts: PartsIndex | null;
  hasStageHistory: boolean;
  /** The first day as of which flags and rules of stages can be asked. */
  flagsSince: string;
}
