/** Deal registrations from submission to won. */
import {cell, type FactTable} from "./facts.js";
import {type CurvePoint, daysUntilLeft, kaplanMeier, type Stay} from "./kaplanMeier.js";
import {groupBy} from "./partners/columns.js";
import {rateInterval} from "./rateInterval.js";

/** Registrations by how far they came; money in cents of base currency as the partners estimated it. */
export interface RegistrationFunnel {
  submitted: Count;
  approved: Count;
  converted: Count;
  won: Count;
  pending: Count;
  rejected: Count;
  expired: Count;
  withdrawn: Count;
  /** Registrations of a deal that another partner registered too. */
  rival: Count;
}

export interface Count {
  n: number;
  cents: number;
}

/** Counts; approved holds whatever was ever approved, converted those with a deal, so each is part of the one before. */
export function registrationFunnel(table: FactTable, rows: readonly number[]): RegistrationFunnel {
  const state = (row: number) => cell(table, "state", row);
  const isApproved = (row: number) => cell(table, "is_approved", row) === 1;
  const isConverted = (row: number) =>
    isApproved(row) && (state(row) === "converted" || cell(table, "deal", row) !== null);
  const count = (test: (row: number) => boolean): Count => {
    const mine = rows.filter(test);
    return {n: mine.length, cents: mine.reduce((sum, row) => sum + centsOf(table, row), 0)};
  };
  return {
    submitted: count(() => true),
    approved: count(isApproved),
    converted: count(isConverted),
    won: count((row) => isConverted(row) && cell(table, "outcome", row) === "won"),
    pending: count((row) => state(row) === "pending"),
    rejected: count((row) => state(row) === "rejected"),
    expired: count((row) => state(row) === "expired"),
    withdrawn: count((row) => state(row) === "withdrawn"),
    rival: count((row) => cell(table, "has_rival", row) === 1)
  };
}

/** Rates of the registrations of one partner, tier, region or product. */
export interface RegistrationRow {
  key: string;
  n: number;
  cents: number;
  nDecided: number;
  /** Approved of decided, with its 95% interval; null when none is decided. */
  approved: number | null;
  lo: number | null;
  hi: number | null;
  /** Won of those with a deal that is decided; null when there is none. */
  won: number | null;
  nClosed: number;
  /** Days until half were decided, undecided ones as censored; null when fewer are. */
  daysToDecide: number | null;
  nPending: number;
  nConverted: number;
  /** Those whose deal another partner registered too. */
  rival: number;
}

/** One row a value of `key`, the most registrations first. */
export function registrationRows(
  table: FactTable,
  rows: readonly number[],
  key: string,
  asOf: number
): RegistrationRow[] {
  const groups = groupBy(rows, (row) => String(cell(table, key, row) ?? "(none)"));
  return [...groups]
    .map(([name, mine]) => {
      const {approved, rejected, submitted, pending, converted, rival} = registrationFunnel(table, mine);
      const nDecided = approved.n + rejected.n;
      const interval = rateInterval(approved.n, nDecided);
      const closed = mine.filter(
        (row) =>
          ["won", "lost"].includes(String(cell(table, "outcome", row))) && cell(table, "deal", row) !== null
      );
      const nWon = closed.filter((row) => cell(table, "outcome", row) === "won").length;
      return {
        key: name,
        n: submitted.n,
        cents: submitted.cents,
        nDecided,
        approved: interval ? approved.n / nDecided : null,
        lo: interval?.lo ?? null,
        hi: interval?.hi ?? null,
        won: closed.length > 0 ? nWon / closed.length : null,
        nClosed: closed.length,
        daysToDecide: daysUntilLeft(undecided(table, mine, asOf)),
        nPending: pending.n,
        nConverted: converted.n,
        rival: rival.n
      };
    })
    .sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
}

/** Share still undecided by days since submission; those still pending count as such. */
export function undecided(table: FactTable, rows: readonly number[], asOf: number): CurvePoint[] {
  const submitted = table.columns["submitted_on"];
  const stays = rows.flatMap((row): Stay[] => {
    const on = submitted?.kind === "day" ? (submitted.values[row] ?? null) : null;
    const days = cell(table, "decision_days", row);
    if (typeof days === "number") return [{days, hasEnded: true}];
    // Withdrawn before a decision: known to have taken at least until now is not known, so it does not count.
    if (cell(table, "state", row) !== "pending" || on === null) return [];
    return [{days: asOf - on, hasEnded: false}];
  });
  return kaplanMeier(stays);
}

function centsOf(table: FactTable, row: number): number {
  const column = table.columns["estimated_amount_base"];
  return column?.kind === "cents" ? (column.values[row] ?? 0) : 0;
}
