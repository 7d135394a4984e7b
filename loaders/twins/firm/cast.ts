/** The people and firms a twin is played by. */
import type {Day} from "../calendar/days.ts";
import type {CurrencyCode, RegionName} from "../names/countries.ts";

export const HABITS = ["plain", "sandbagger", "happy_ears", "never_updates", "quarter_pusher"] as const;
export type Habit = (typeof HABITS)[number];

/** A sales person, a manager or the operations user who runs clean-ups. */
export interface Rep {
  index: number;
  first: string;
  last: string;
  name: string;
  latin: string;
  role: "rep" | "manager" | "partner_manager" | "operations";
  region: RegionName;
  /** Index of the manager; -1 for none. */
  manager: number;
  startDay: Day;
  /** Null while employed. */
  endDay: Day | null;
  /** Log hazard ratio on pull; the negative half of it on loss. */
  skill: number;
  habit: Habit;
  /** Edits all open deals on the eve of the monthly review. */
  isBulkEditor: boolean;
}

export const TIERS = ["Registered", "Silver", "Gold", "Platinum"] as const;

/** A channel partner, with what it truly adds. */
export interface Partner {
  index: number;
  name: string;
  domain: string;
  country: string;
  kind: string;
  tier: (typeof TIERS)[number];
  region: RegionName;
  signedDay: Day;
  onboardedDay: Day;
  /** Index of the partner manager among the reps. */
  manager: number;
  /** True log hazard ratio on pull before training. */
  effect: number;
  /** Days on which its people were trained; each adds to the effect. */
  trainedDays: Day[];
  /** Share of the region's partner business. */
  weight: number;
}

/** A marketing campaign, with what it truly causes. */
export interface Campaign {
  index: number;
  name: string;
  type: string;
  channel: string;
  startDay: Day;
  endDay: Day;
  budgetCents: number;
  costCents: number;
  /** Where it runs; null for everywhere. */
  regions: readonly RegionName[] | null;
  /** Factor on what campaigns of its kind cause for the same money. */
  efficiency: number;
  /** Log hazard ratio on pull of the deals it is named for. */
  effect: number;
  weight: number;
}

export interface Account {
  index: number;
  name: string;
  domain: string;
  country: string;
  city: string;
  region: RegionName;
  currency: CurrencyCode;
  /** Number of the segment, from the smallest. */
  segment: number;
  industry: string;
  nEmployees: number;
  revenueUsd: number;
  createdDay: Day;
  rep: number;
  isCustomer: boolean;
  /** Index of the campaign without which it would not have come; -1 for those that come anyway. */
  causedBy: number;
}
