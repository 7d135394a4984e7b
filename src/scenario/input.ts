/**
 * What a scenario is computed from: the contract between the build, which makes it from the warehouse, and the engine,
 * which needs nothing else. Money in fact tables is in whole cents, elsewhere in units of the base currency; weeks are
 * counted from the as-of day: week 1 is the seven days after it.
 */
import type {FactTable} from "../slices/facts.js";
import type {Held} from "../slices/forecast.js";

export interface ScenarioInput {
  version: 1;
  /** Hash of the exports and the workspace it was made from. */
  dataHash: string;
  /** ISO day. */
  asOf: string;
  currency: string;
  /** How the chances were found, for "how this is computed". */
  method: {name: string; words: string; caveat: string};
  /** Weeks that curves and arrivals cover. */
  weeks: number;
  /** Quarters and years that end after the as-of day, the first one begun. */
  windows: ScenarioWindow[];
  /** Names of open stages in the order deals walk them. */
  stages: string[];
  /**
   * Open deals. Columns deal_id, deal_name (text), account_name; slices and stage (key); close_on (day); amount and
   * expected (cents; expected is what it closes at if won); curve (number: index into curves).
   */
  deals: FactTable;
  /** Wins since the first window began: slices (key), closed_on (day), amount (cents). */
  won: FactTable;
  /** Quotas by month: owner, team, region (key), month_on (day), quota_amount (cents). */
  quotas: FactTable;
  curves: OutcomeCurve[];
  /** Equally likely factors of an amount at closing, of mean 1. */
  spread: number[];
  arrivals: ArrivalSource[];
  /** Standard deviation of the logarithm of the shock common to all deals. */
  shockSd: number;
  /** What each lever's value has been in the past, where it can be measured. */
  history: Partial<Record<string, LeverHistory>>;
  /** The productive side: what a rep, a partner and campaign money bring; null where the exports do not say. */
  reps: RepFacts | null;
  partners: PartnerFacts | null;
  campaigns: CampaignFacts | null;
}

export interface ScenarioWindow {
  label: string;
  /** ISO days, both included. */
  from: string;
  to: string;
  kind: "quarter" | "year";
  /**
   * Factor on every amount in the window, 1 when absent: what the published forecast expects over what single deals add
   * up to, so that the base is the published figure. A year's is that of its quarters' sum.
   */
  scale?: number;
  /** The published forecast of the window; null where none with a track record is. */
  published?: {mean: number; quantiles: number[]; held: Held} | null;
}

/** Chance to have been won (lost) within 1, 2, ... weeks. */
export interface OutcomeCurve {
  won: number[];
  lost: number[];
}

/** Deals not created yet, of one source. */
export interface ArrivalSource {
  /** The source as the slice "lead_source" has it. */
  key: string;
  /** Expected creations in each week. */
  perWeek: number[];
  /** Relative variance of the rate over a window, beyond chance. */
  rateVariance: number;
  curve: number;
  /** Equally likely amounts of a win. */
  amounts: number[];
  /** Share of them in each value of each slice, by slice. */
  shares: Record<string, Record<string, number>>;
}

/** The lowest and highest of past periods, and how many there were. */
export interface LeverHistory {
  lo: number;
  hi: number;
  n: number;
  words: string;
}

export interface RepFacts {
  /** Reps employed on the as-of day. */
  n: number;
  /** New deals a week that one ramped rep creates. */
  dealsPerWeek: number;
  /** Share of a ramped rep's work done in each month since the start; after the last all of it. */
  ramp: number[];
  /** Chance that a rep leaves within a month. */
  attrition: number;
  /** Months since they started, of those now employed who are not yet ramped. */
  young: number[];
  /** Reps at work in each of the last 24 months, the newest first, those coming up to speed at their part; fewer where starting days reach less far back. */
  atWork: number[];
}

export interface PartnerFacts {
  n: number;
  /** New deals a week that an active partner brings. */
  dealsPerWeek: number;
  ramp: number[];
  /** What a first training went with; null where too few partners were trained to tell. */
  training: TrainingFacts | null;
}

export interface TrainingFacts {
  /** Deals a partner brings a day after its first training over before, within the same partner. */
  ratio: number;
  /** Standard error of the ratio's logarithm. */
  error: number;
  /** Partners seen before and after. */
  n: number;
  /** Active partners that have had none. */
  nUntrained: number;
}

export interface CampaignFacts {
  /** Of each arrival source that campaigns feed, the share of its deals that they bring, 0..1. */
  shares: Record<string, number>;
  /** Percent more deals of campaigns for one percent more money, with its standard error. */
  elasticity: number;
  standardError: number;
  /** Finished campaigns it was measured on. */
  n: number;
}
