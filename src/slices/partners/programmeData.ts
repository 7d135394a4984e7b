/** What the partner life cycle draws from: partners, their parts in deals, the programme's records, and its rules. */
import type {FactTable} from "../facts.js";

/** Accounts of one region and segment: bought, in play, or untouched. */
export interface MarketRow {
  region: string;
  segment: string;
  nAccounts: number;
  nCustomers: number;
  nInPlay: number;
  nWhite: number;
}

/** Records with one doubt; money in base currency. */
export interface ProgrammeDoubt {
  doubt: string;
  treatment: string;
  n: number;
  amount: number | null;
  records: string[];
}

export interface TierRule {
  /** Won money a year, cents. */
  yearCents: number | null;
  nTrainings: number | null;
}

export interface ProgrammeData {
  asOf: string;
  activeDays: number;
  fundWindowDays: number;
  dueDays: number;
  /** From the lowest to the highest; empty when the workspace names none. */
  tiers: string[];
  /** What the programme asks of each, in the same order; null where it asks nothing. */
  tierRules: TierRule[];
  /** Payout rules in words, in the order they are tried. */
  rules: string[];
  /** First submission in the exports: what came before it is not known. */
  registrationsFrom: string | null;
  /** One row a partner. */
  partners: FactTable;
  /** One row a deal and partner with a part in it; `deal` is the row in deals.json, `is_origin` marks who brought it. */
  parts: FactTable;
  /** One row a record of the programme that counts: partner, kind, happened_on, amount_base. */
  events: FactTable;
  /** One row a deal and partner owed or paid. */
  payouts: FactTable;
  market: MarketRow[];
  doubts: ProgrammeDoubt[];
}
