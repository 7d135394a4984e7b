/** What missing and stale fields cost the forecast; made by loaders/forecast/publish/dataPrice.ts, shown by src/views/dataPrice.ts. */

/** A relative change with its 80% interval by a block bootstrap over past days; 0.1 is 10% more. */
export interface Change {
  value: number;
  low: number;
  high: number;
}

/** One field blanked, or held back for four weeks, on past days. */
export interface FieldPrice {
  field: string;
  label: string;
  how: "blank" | "stale";
  /** Error (CRPS) of what was forecast for the windows, against that with the field. Null where the field was hardly ever filled in. */
  error: Change | null;
  /** Width of the 80% band. */
  width: Change | null;
  /** Log-loss of single deals' chances to be won within 13 weeks. */
  deals: Change | null;
  /** Being empty itself tells: deals without it were won far less often, so a blank misleads more than not knowing. */
  isTelling: boolean;
  /** Open deals lacking it today (or whose date has passed), out of those open. */
  nLacking: number;
  share: number;
  /** What the open deals that lack it might bring to this quarter, and might not: sum of their swings. */
  swing: number;
}

/** An open deal with something to repair. */
export interface Repair {
  deal_id: string;
  deal_name: string;
  owner: string | null;
  stage: string | null;
  amount: number | null;
  /** The field on which most hangs. */
  field: string;
  /** "no amount; close date passed 12 days ago". */
  what: string;
  /** Money of this quarter that hangs on it: from the tenth to the ninetieth percentile of what the deal would count for, with the field as other open deals have it. */
  swing: number;
  expected: number;
}

export interface DataPriceData {
  asOf: string;
  currency: string;
  reason: string | null;
  quarter: string | null;
  /** Past days asked, the windows forecast on each, and single deals scored on them. */
  nDays: number;
  nDeals: number;
  nOpen: number;
  staleDays: number;
  fields: FieldPrice[];
  /** Those on which most hangs. */
  repairs: Repair[];
  nRepairs: number;
  /** Swings of all, listed or not. */
  swing: number;
}
