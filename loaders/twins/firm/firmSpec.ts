/** What makes one firm differ from another before anything is drawn: its market, its people, its calendar. */
import type {CurrencyCode, RegionName} from "../names/countries.ts";
import type {Effect} from "./effect.ts";
import type {RhythmSpec} from "./rhythm.ts";

/** One value of a factor: how often it occurs and what it does. */
export interface Level extends Effect {
  name: string;
  weight: number;
}

export interface Segment extends Level {
  /** Amounts are log-normal about this median, US dollars, with this standard deviation of the logarithm. */
  medianUsd: number;
  spread: number;
  employees: readonly [fewest: number, most: number];
}

export interface CampaignKind {
  type: string;
  channel: string;
  /** Days it runs. */
  days: number;
  /** New customers that all campaigns of the kind cause for each that comes anyway; 0: all its credit is for others' customers. */
  caused: number;
  /** Mean days from a day of the campaign to the first deal of a customer it causes. */
  lagDays: number;
  /** How many regions each campaign is for; all of them, and nobody can tell what it causes. */
  regions: 1 | 2 | "all";
  /** Log hazard ratio on pull of the deals it is named for. */
  effect: number;
  budgetUsd: number;
}

/** A kind of campaign in the order of its numbers. */
export function campaignKind(
  type: string,
  channel: string,
  numbers: Omit<CampaignKind, "type" | "channel">
): CampaignKind {
  return {type, channel, ...numbers};
}

export interface CastSpec {
  dealsPerRep: number;
  dealsPerPartner: number;
  partnerKinds: readonly {kind: string; weight: number}[];
  /** Mean true effect by tier: tiers follow revenue, not merit, so the order is not the whole truth. */
  tierEffect: readonly [number, number, number, number];
  tierWeight: readonly [number, number, number, number];
  campaignKinds: readonly CampaignKind[];
}

/** How often the partner portal's records are incomplete or wrong. */
export interface PortalMess {
  registrationNotLinked: number;
  misspeltCustomer: number;
  missingDomain: number;
}

export interface FirmSpec {
  rhythm: RhythmSpec;
  /** Units of a currency for one US dollar when the simulation begins, and the yearly drift of the rate. */
  currencies: Record<CurrencyCode, {start: number; drift: number; decimals: number}>;
  /** From this day on, list prices are multiplied. */
  priceChanges: readonly {from: string; factor: number}[];
  regions: Record<RegionName, Level>;
  segments: readonly Segment[];
  industries: readonly string[];
  sellsToFactories: boolean;
  /** Share of accounts that were customers before the CRM was there. */
  founders: number;
  families: readonly Level[];
  mess: PortalMess;
  cast: CastSpec;
}

export function level(name: string, weight: number, pull: number, loss: number): Level {
  return {name, weight, pull, loss};
}
