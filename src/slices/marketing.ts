/** The Marketing page's data; made by loaders/pages/marketingData.ts. Money in base currency. */
export interface Range {
  mean: number;
  /** An 80 % interval. */
  lo: number;
  hi: number;
}

/** A campaign, or all of a channel or kind. */
export interface MarketingRow {
  name: string;
  channel: string;
  kind: string;
  startsOn: string | null;
  endsOn: string | null;
  nCampaigns: number;
  /** Null when nobody says what it cost. */
  cost: number | null;
  nTouches: number;
  nLeads: number;
  nConverted: number;
  nSourced: number;
  nOpen: number;
  nWon: number;
  nNewCustomers: number;
  sourcedPipeline: number;
  sourcedOpen: number;
  sourcedWon: number;
  newMonthlyRecurring: number | null;
  nInfluenced: number;
  influencedWon: number;
  influencedOpen: number;
  /** Money still to come of its open deals. */
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

export interface MarketingData {
  asOf: string;
  /** Why there is nothing to show; null when there is. */
  reason: string | null;
  grossMargin: number | null;
  halfLifeDays: number | null;
  campaigns: MarketingRow[];
  channels: MarketingRow[];
  kinds: MarketingRow[];
  total: MarketingRow | null;
  models: string[];
  channelCredit: CreditRange[];
  campaignCredit: CreditRange[];
  /** Kendall's W over the ten models: 1 when they order the channels alike. */
  channelConcordance: number | null;
  campaignConcordance: number | null;
  removal: {channel: string; effect: number | null}[];
  envelope: EnvelopePart[];
  funnel: FunnelSource[];
  curves: SpendCurve[];
  dispersion: number | null;
  doubts: Doubt[];
}

/** Won money and what is to come over cost, less one; null without a cost above 0. */
export function returnOn(cost: number | null, won: number): number | null {
  return cost !== null && cost > 0 ? (won - cost) / cost : null;
}

/** Cost a new customer; null without either. */
export function acquisitionCost({cost, nNewCustomers}: MarketingRow): number | null {
  return cost !== null && nNewCustomers > 0 ? cost / nNewCustomers : null;
}

/**
 * Months until new customers' recurring money has paid what they cost; null without recurring money.
 * @param margin share of it that is margin; without one the money itself pays
 */
export function paybackMonths(
  {cost, newMonthlyRecurring}: MarketingRow,
  margin: number | null
): number | null {
  if (cost === null || !newMonthlyRecurring || newMonthlyRecurring <= 0) return null;
  return cost / (newMonthlyRecurring * (margin ?? 1));
}
