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
  /** Ended so lately that a renewal could still begin; how many of them are renewed already. In none of the above. */
  nOpen: number;
  nOpenRenewed: number;
  openCents: number;
}

/** The day asked of, and how many days after a contract's end its renewal may begin. */
export interface DecidedOn {
  asOf: number;
  graceDays: number;
}

/** The last end of which it is decided: of later ones those that were renewed are known before those that were not. */
export function decidedUntil({asOf, graceDays}: DecidedOn): number {
  return asOf - graceDays - 1;
}

/** Contracts with money that came to their end between two days. */
export function endedContracts(
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
      (state === "renewed" || state.startsWith("over"))
    );
  });
}

/**
 * Of contracts whose end lies between two days and is decided; a contract's agreed next year is no renewal and is not among them.
 * An end is decided when the grace days after it are over, whatever became of it: else those renewed early would count alone.
 */
export function renewalRate(
  contracts: FactTable,
  rows: readonly number[],
  {from, to}: {from: number; to: number},
  on: DecidedOn
): RenewalRate {
  const sums = {n: 0, nRenewed: 0, nStays: 0, dueCents: 0, renewedCents: 0};
  const clusters = new Map<number, Cluster>();
  const until = decidedUntil(on);
  for (const row of endedContracts(contracts, rows, from, Math.min(to, until))) {
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
  // What ends on the as-of day itself is due, and not over.
  const open = endedContracts(contracts, rows, Math.max(from, until + 1), Math.min(to, on.asOf - 1));
  const isKnown = sums.n >= FEWEST_CONTRACTS;
  return {
    ...sums,
    nOpen: open.length,
    nOpenRenewed: open.filter((row) => wordAt(contracts, "end_state", row) === "renewed").length,
    openCents: open.reduce((sum, row) => sum + centsAt(contracts, "arr", row)!, 0),
    rate: isKnown ? sums.nRenewed / sums.n : null,
    range: isKnown ? clusteredInterval(clusters.values()) : null,
    moneyRate: isKnown ? sums.renewedCents / sums.dueCents : null
  };
}

/** What is known of a contract that is to end; without a deal it is not up yet while it is further off than renewal deals usually begin. Where no deal says that it is a renewal, a contract is renewed or not renewed yet. */
export const DUE_STATES = [
  "renewed already",
  "renewal deal open",
  "not up yet",
  "no renewal deal",
  "renewal deal lost",
  "not renewed yet"
] as const;
export type DueState = (typeof DUE_STATES)[number];

const DUE: Record<string, DueState> = {
  renewed: "renewed already",
  "due, renewal deal open": "renewal deal open",
  "due, no renewal deal": "no renewal deal",
  "due, renewal deal lost": "renewal deal lost"
};

/** The as-of day, whether deals say that they are renewals, and how many days before the end renewals usually have theirs; null where that is not known. */
export interface DueOn {
  asOf: number;
  hasRenewalDeals: boolean;
  lead: number | null;
}

/** The state of a contract that ends on the as-of day or later; null for others. */
export function dueState(
  contracts: FactTable,
  row: number,
  {asOf, hasRenewalDeals, lead}: DueOn
): DueState | null {
  const end = dayAt(contracts, "ends_on", row);
  if (end === null || end < asOf) return null;
  const state = DUE[wordAt(contracts, "end_state", row)!] ?? null;
  if (state === "no renewal deal" && !hasRenewalDeals) return "not renewed yet";
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

const OPEN_ENDS: readonly (DueState | null)[] = ["no renewal deal", "renewal deal lost", "not renewed yet"];

/** Running contracts that end within the days, are up for renewal and have no open renewal deal, the most ARR first. */
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
