/** What the Recurring revenue page adds up; read from the marts by loaders/pages/recurringData.ts. */
import type {FactTable} from "../facts.js";
import {groupRows} from "../select.js";
import type {Dimension, FiscalPeriod} from "../site.js";

/** How often chances given on past days held; made by loaders/forecast/publish. */
export interface ChanceRecord {
  weeks: number;
  /** Deals of past days that were asked about. */
  n: number;
  /** How far the chances were from the share won, on average, 0..1. */
  error: number;
}

export interface ArrDoubt {
  doubt: string;
  treatment: string;
  n: number;
  amount: number | null;
  records: string[];
}

export interface RecurringData {
  /** Why there is nothing to show; null where contracts count. */
  reason: string | null;
  asOf: string;
  graceDays: number;
  /** Fiscal quarters from that of the first contract on to those of the year ahead. */
  quarters: FiscalPeriod[];
  /** Deals say which of them are renewals. */
  hasRenewalDeals: boolean;
  /** Customers by id: account_name, region, segment, first_on, next_end_on. */
  accounts: FactTable;
  /** Gains and losses by customer (row of `accounts`) and day: moved_on, change, step_arr, state, product, and what filters ask. */
  changes: FactTable;
  /** Contracts that count, by customer: standing, end_state, starts_on, ends_on, arr, earlier_arr, renewed_arr, lead_days and the renewal deal. */
  contracts: FactTable;
  /** Won deals beside contracts: class, deal_arr, contract_arr, difference, mend. */
  ledger: FactTable;
  /** Open deals that state recurring money: recurring_arr, deal_type, close_on, and the chances published for them. */
  pipeline: FactTable;
  /** Null where chances were never held against what came. */
  chances: ChanceRecord | null;
  /** Why open deals have no chance; null where each has one. */
  noChances: string | null;
  doubts: ArrDoubt[];
}

const DIMENSIONS = [
  ["region", "Region"],
  ["segment", "Segment"],
  ["industry", "Industry"],
  ["product_family", "Product family"],
  ["channel", "Channel"]
] as const;

/** What ARR is cut by: what has at least two values among contracts, most contracts first. */
export function recurringDimensions({contracts}: Pick<RecurringData, "contracts">): Dimension[] {
  const rows = Array.from({length: contracts.n}, (_, row) => row);
  return DIMENSIONS.flatMap(([key, label]) => {
    const values = [...groupRows(contracts, rows, key)].map(([value, found]) => ({value, n: found.length}));
    return values.length > 1
      ? [{key, label, values: values.sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1))}]
      : [];
  });
}
