/** The Marketing page's data; made by loaders/pages/marketingData.ts. Money in base currency. */
import {dayNumber} from "../facts.js";
import type {CausedDeals} from "./causedDeals.js";

export interface Range {
  mean: number;
  /** An 80 % interval. */
  lo: number;
  hi: number;
}

/** A campaign as marts.campaigns has it; its deals are in the pairs. */
export interface CampaignRecord {
  id: string;
  name: string;
  channel: string;
  kind: string;
  startsOn: string | null;
  endsOn: string | null;
  /** Null when nobody says what it cost. */
  cost: number | null;
  costLagged: number | null;
  nTouches: number;
  /** Of the touches those that count for a deal, and those after their deal had closed. */
  nCounted: number;
  nLate: number;
  nLeads: number;
  nConverted: number;
}

/** A campaign, or several added up. */
export interface CampaignRow {
  name: string;
  channel: string;
  kind: string;
  startsOn: string | null;
  endsOn: string | null;
  nCampaigns: number;
  /** Null when nobody says what it cost, or when only some of its deals are looked at: costs are of whole campaigns. */
  cost: number | null;
  /** What it had cost one median journey earlier: what has had the time to bring customers. */
  costLagged: number | null;
  /** Touches and leads of whole campaigns; null when only some deals are looked at. */
  nTouches: number | null;
  nCounted: number | null;
  nLate: number | null;
  nLeads: number | null;
  nConverted: number | null;
  nSourced: number;
  nOpen: number;
  nWon: number;
  nNewCustomers: number;
  sourcedPipeline: number;
  sourcedOpen: number;
  sourcedWon: number;
  newMonthlyRecurring: number | null;
  /** Sum of the squares of what each new customer brings a month. */
  newMonthlySquares: number;
  nInfluenced: number;
  influencedWon: number;
  influencedOpen: number;
  /** Money its open deals will bring, expected. */
  expected: number;
  /**
   * The same sums over those of the campaigns that say what they cost: a return or a cost a customer sets against a cost only what was
   * brought for it.
   */
  costed: Costed;
}

export type Costed = Pick<
  CampaignRow,
  | "nCampaigns"
  | "nSourced"
  | "nWon"
  | "sourcedWon"
  | "expected"
  | "nNewCustomers"
  | "newMonthlyRecurring"
  | "newMonthlySquares"
>;

/** All campaigns of a channel or kind, or all there are, with what luck leaves open. */
export interface MarketingRow extends CampaignRow {
  /** Money that open deals will bring, with its interval, and as deals. */
  toCome: Range;
  dealsToCome: Range;
  /** How far money won and to come could be otherwise by luck, an 80 % interval. */
  luck: {lo: number; hi: number};
}

export interface CreditRange {
  unit: string;
  channel: string;
  lowest: number;
  highest: number;
  mean: number;
  bestRank: number;
  worstRank: number;
  /** Credit by model, in the order of `models`. */
  credits: number[];
}

export interface CurvePoint {
  t: number;
  share: number;
  lo: number | null;
  hi: number | null;
  nAtRisk: number;
}

export interface FunnelSource {
  source: string;
  nLeads: number;
  nDeals: number;
  nQualified: number;
  nWon: number;
  nLost: number;
  wonAmount: number;
  converted: CurvePoint[];
  won: CurvePoint[];
}

export interface EnvelopePart {
  /** partner: sourced or influenced or direct; marketing: sourced, influenced or none. */
  partner: string;
  marketing: string;
  outcome: "open" | "won";
  nDeals: number;
  amount: number;
  partnerAmount: number;
  marketingAmount: number;
  salesAmount: number;
}

export interface Doubt {
  doubt: string;
  treatment: string;
  n: number;
  amount: number | null;
  records: string[];
}

/** What a campaign brings at a spend: a fitted curve, as the build leaves it and the browser reads it. */
export interface SpendCurve {
  channel: string;
  /** Expected deals of a campaign = exp(level) * spend^elasticity, spend in base currency. */
  level: number;
  /** Below 1 more spend brings ever less; at 0 it brings nothing more. */
  elasticity: number;
  /** Variances and covariance of level and elasticity, with overdispersion. */
  varLevel: number;
  varElasticity: number;
  covariance: number;
  /** Spend of the campaigns it was fitted to; beyond these it is a guess. */
  fromSpend: number;
  toSpend: number;
  medianSpend: number;
  nCampaigns: number;
  /** Money won a sourced deal, won and projected, drawn to the firm's mean by ten deals' weight. */
  valuePerDeal: number;
}

/** One a campaign and deal it sourced: row in deals.json, row in `campaigns`. */
export interface SourcedPairs {
  deal: number[];
  campaign: number[];
  isNewCustomer: boolean[];
  /** Recurring money a month of a won deal; null without any. */
  monthly: (number | null)[];
}

export interface MarketingData {
  asOf: string;
  seed: number;
  /** Why there is nothing to show; null when there is. */
  reason: string | null;
  grossMargin: number | null;
  halfLifeDays: number | null;
  campaigns: CampaignRecord[];
  sourced: SourcedPairs;
  /** One a campaign and deal that it touched and did not source. */
  influenced: {deal: number[]; campaign: number[]};
  /** Chance of an open deal to be won at last, by week of its age. */
  chances: {p: number; se: number}[];
  models: string[];
  /** Won money credited to each campaign, by model; `campaign` is null for touches of none. */
  credits: {campaign: number | null; channel: string; credits: number[]}[];
  removal: {channel: string; effect: number | null}[];
  envelope: EnvelopePart[];
  funnel: FunnelSource[];
  curves: SpendCurve[];
  dispersion: number | null;
  doubts: Doubt[];
  /** What campaigns caused, of all of them. */
  caused: {channel: CausedDeals; kind: CausedDeals};
}

/**
 * Won money, or its margin where that is known, over cost, less one; null without a cost above 0.
 * @param margin share of won money that is margin; null counts the money itself
 */
export function returnOn(cost: number | null, won: number, margin: number | null = null): number | null {
  return cost !== null && cost > 0 ? (won * (margin ?? 1) - cost) / cost : null;
}

export type Maturity = "no dates" | "to come" | "running" | "young" | "settled";

/**
 * Whether a campaign can be judged yet: young until one journey (first touch to win) after its end.
 * @param journeyDays the firm's median journey; null when nothing touched was ever won, and then none is settled
 */
export function maturity(
  {startsOn, endsOn}: Pick<CampaignRow, "startsOn" | "endsOn">,
  asOf: string,
  journeyDays: number | null
): Maturity {
  if (startsOn === null || endsOn === null) return "no dates";
  if (startsOn > asOf) return "to come";
  if (endsOn > asOf) return "running";
  const since = dayNumber(asOf) - dayNumber(endsOn);
  return journeyDays !== null && since >= journeyDays ? "settled" : "young";
}

/** Cost a new customer, of the cost that has had the time to bring one; null without either. */
export function acquisitionCost({
  costLagged,
  costed: {nNewCustomers}
}: Pick<CampaignRow, "costLagged" | "costed">): number | null {
  return costLagged !== null && costLagged > 0 && nNewCustomers > 0 ? costLagged / nNewCustomers : null;
}

/**
 * Months until new customers' recurring money has paid what they cost; null without recurring money, or without a cost.
 * @param margin share of it that is margin; without one the money itself pays
 */
export function paybackMonths(
  {costLagged, costed: {newMonthlyRecurring}}: Pick<CampaignRow, "costLagged" | "costed">,
  margin: number | null
): number | null {
  if (costLagged === null || costLagged <= 0 || !newMonthlyRecurring || newMonthlyRecurring <= 0) return null;
  return costLagged / (newMonthlyRecurring * (margin ?? 1));
}

const Z80 = 1.281552;

/**
 * How far luck could move the cost of a customer: an 80% interval from the number of customers as a Poisson count (Jeffreys'
 * prior, quantiles of the gamma distribution by Wilson & Hilferty 1931); `hi` is null when no customer came.
 */
export function acquisitionRange({
  costLagged,
  costed: {nNewCustomers}
}: Pick<CampaignRow, "costLagged" | "costed">): {lo: number; hi: number | null} | null {
  if (costLagged === null || costLagged <= 0) return null;
  const shape = nNewCustomers + 0.5;
  const at = (z: number) => shape * Math.max(0, 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
  return {lo: costLagged / at(Z80), hi: nNewCustomers > 0 ? costLagged / at(-Z80) : null};
}

/** The same of the months until payback, from the recurring money as a compound Poisson sum. */
export function paybackRange(
  row: Pick<CampaignRow, "costLagged" | "costed">,
  margin: number | null
): {lo: number; hi: number} | null {
  const months = paybackMonths(row, margin);
  if (months === null) return null;
  const {newMonthlySquares, newMonthlyRecurring} = row.costed;
  const spread = Math.sqrt(newMonthlySquares) / newMonthlyRecurring!;
  return {lo: months * Math.exp(-Z80 * spread), hi: months * Math.exp(Z80 * spread)};
}
