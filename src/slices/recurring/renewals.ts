/** Contracts that ended and those that will: how many were renewed, and which are due without a deal. Money in cents. */

import {quantile} from "../closedDeals.js";
import {type Cluster, clusteredInterval} from "../clusteredRate.js";
import type {FactTable} from "../facts.js";
import {centsAt, dayAt, numberAt, wordAt} from "../partners/columns.js";

/** Fewer decided contracts than this say nothing of a rate. */
const FEWEST_CONTRACTS = 10;

export interface RenewalRate {
  /** Contracts that came to their end and of which it is decided, and those of them that were renewed. */
  n: number;
  nRenewed: number;
  /** Contracts of the same product were not, but the customer has others. */
  nStays: number;
  dueCents: number;
  /** Renewed ARR, no contract above what it had. */
  renewedCents: number;
  /** By number, with its 95% interval (contracts of one customer count as alike), and by money; null for fewer than ten. */
  rate: number | null;
  range: {lo: number; hi: number} | null;
  moneyRate: number | null;
  /** Over within the grace days: may still be renewed. */
  nOpen: number;
  openCents: number;
}

/** Contracts with money whose end lies between two days and of which it is decided whether they were renewed. */
export function decidedContracts(
  contracts: FactTable,
  rows: readonly number[],
  from: number,
  to: number
): number[] {
  return rows.filter((row) => {
    const end = dayAt(contracts, "ends_on", row);
    const state = wordAt(contracts, "end_state", row)!;
    return (
      end !== null &&
      end >= from &&
      end <= to &&
      centsAt(contracts, "arr", row)! > 0 &&
      (state === "renewed" || (state.startsWith("over") && state !== "over, within grace"))
    );
  });
}

/** Of contracts whose end lies between two days; a contract's agreed next year is no renewal and is not among them. */
export function renewalRate(
  contracts: FactTable,
  rows: readonly number[],
  from: number,
  to: number
): RenewalRate {
  const sums = {n: 0, nRenewed: 0, nStays: 0, dueCents: 0, renewedCents: 0, nOpen: 0, openCents: 0};
  const clusters = new Map<number, Cluster>();
  for (const row of decidedContracts(contracts, rows, from, to)) {
    const state = wordAt(contracts, "end_state", row)!;
    const isRenewed = state === "renewed";
    sums.n++;
    sums.dueCents += centsAt(contracts, "arr", row)!;
    if (isRenewed) sums.nRenewed++;
    if (isRenewed) sums.renewedCents += centsAt(contracts, "renewed_arr", row) ?? 0;
    if (state === "over, customer stays") sums.nStays++;
    const account = numberAt(contracts, "account", row)!;
    const cluster = clusters.get(account) ?? {successes: 0, trials: 0};
    clusters.set(account, cluster);
    cluster.trials++;
    if (isRenewed) cluster.successes++;
  }
  for (const row of rows) {
    const end = dayAt(contracts, "ends_on", row);
    if (end === null || end < from || end > to) continue;
    if (wordAt(contracts, "end_state", row) !== "over, within grace") continue;
    sums.nOpen++;
    sums.openCents += centsAt(contracts, "arr", row)!;
  }
  const isKnown = sums.n >= FEWEST_CONTRACTS;
  return {
    ...sums,
    rate: isKnown ? sums.nRenewed / sums.n : null,
    range: isKnown ? clusteredInterval(clusters.values()) : null,
    moneyRate: isKnown ? sums.renewedCents / sums.dueCents : null
  };
}

/** What is known of a contract that is to end; without a deal it is not up yet while it is further off than renewal deals usually begin. */
export const DUE_STATES = [
  "renewed already",
  "renewal deal open",
  "not up yet",
  "no renewal deal",
  "renewal deal lost"
] as const;
export type DueState = (typeof DUE_STATES)[number];

const DUE: Record<string, DueState> = {
  renewed: "renewed already",
  "due, renewal deal open": "renewal deal open",
  "due, no renewal deal": "no renewal deal",
  "due, renewal deal lost": "renewal deal lost"
};

/** The as-of day, and how many days before the end renewals usually have their deal; null where that is not known. */
export interface DueOn {
  asOf: number;
  lead: number | null;
}

/** The state of a contract that ends on the as-of day or later; null for others. */
export function dueState(contracts: FactTable, row: number, {asOf, lead}: DueOn): DueState | null {
  const end = dayAt(contracts, "ends_on", row);
  if (end === null || end < asOf) return null;
  const state = DUE[wordAt(contracts, "end_state", row)!] ?? null;
  return state === "no renewal deal" && lead !== null && end - asOf >= lead ? "not up yet" : state;
}

export interface DueCell {
  quarter: string;
  state: DueState;
  n: number;
  cents: number;
}

/** What ends in each of the quarters, by what is known of it: every quarter and state once. */
export function dueByQuarter(
  contracts: FactTable,
  rows: readonly number[],
  quarters: readonly {label: string; from: number; to: number}[],
  on: DueOn
): DueCell[] {
  const cells = quarters.flatMap(({label}) =>
    DUE_STATES.map((state): DueCell => ({quarter: label, state, n: 0, cents: 0}))
  );
  for (const row of rows) {
    const state = dueState(contracts, row, on);
    if (state === null) continue;
    const end = dayAt(contracts, "ends_on", row)!;
    const at = quarters.findIndex(({from, to}) => end >= from && end <= to);
    const cell = cells[at * DUE_STATES.length + DUE_STATES.indexOf(state)];
    if (at < 0 || !cell) continue;
    cell.n++;
    cell.cents += centsAt(contracts, "arr", row)!;
  }
  return cells;
}

/**
 * How many days before the end the deal of a renewal is there: nine in ten renewed contracts had theirs by then.
 * @returns null for fewer than ten renewals whose deals are known
 */
export function usualLead(contracts: FactTable, rows: readonly number[]): number | null {
  const leads = rows.flatMap((row) => numberAt(contracts, "lead_days", row) ?? []).sort((a, b) => a - b);
  return leads.length < FEWEST_CONTRACTS ? null : Math.floor(quantile(leads, 0.1)!);
}

const OPEN_ENDS: readonly (DueState | null)[] = ["not up yet", "no renewal deal", "renewal deal lost"];

/** Running contracts that end within the days, are not renewed and have no open renewal deal, the most ARR first. */
export function dueWithoutDeal(
  contracts: FactTable,
  rows: readonly number[],
  on: DueOn,
  days: number
): number[] {
  return rows
    .filter(
      (row) =>
        OPEN_ENDS.includes(dueState(contracts, row, on)) &&
        dayAt(contracts, "ends_on", row)! <= on.asOf + days &&
        wordAt(contracts, "standing", row) === "running" &&
        centsAt(contracts, "arr", row)! > 0
    )
    .sort(
      (a, b) =>
        centsAt(contracts, "arr", b)! - centsAt(contracts, "arr", a)! ||
        dayAt(contracts, "ends_on", a)! - dayAt(contracts, "ends_on", b)! ||
        a - b
    );
}
