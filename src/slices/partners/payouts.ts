/** Payouts against what the rules owe, and against what partners contribute. */
import type {FactTable} from "../facts.js";
import {centsAt, groupBy, numberAt, rowsOf, wordAt} from "./columns.js";

/** Entries that need nobody. */
export const SETTLED = ["as ruled", "not due yet", "paid, no rules given"];
/** A rule fits, and what it comes to nobody can say. */
const UNPRICED = "the deal has no amount";

/** Entries of one class; money in cents. */
export interface PayoutClass {
  class: string;
  n: number;
  /** Null where no deal of them has an amount to owe of. */
  owedCents: number | null;
  paidCents: number;
  isSettled: boolean;
}

/** Classes to look at first, each by its money. Their paid sums are all payouts. */
export function payoutClasses(payouts: FactTable): PayoutClass[] {
  return [...groupBy(rowsOf(payouts), (row) => wordAt(payouts, "class", row)!)]
    .map(([name, rows]) => ({
      class: name,
      n: rows.length,
      ...moneyOf(payouts, rows),
      isSettled: SETTLED.includes(name)
    }))
    .sort(
      (a, b) =>
        Number(a.isSettled) - Number(b.isSettled) ||
        Math.max(b.owedCents ?? 0, b.paidCents) - Math.max(a.owedCents ?? 0, a.paidCents) ||
        (a.class < b.class ? -1 : 1)
    );
}

/** What one partner was paid for what it brought; money in cents. */
export interface PayoutRow {
  partner: string;
  tier: string | null;
  /** Of deals with an amount; null where it has won under a rule and none has one. */
  owedCents: number | null;
  paidCents: number;
  /** Won money of all deals it brought. */
  wonCents: number;
  nWon: number;
  /** Paid / won; null when nothing was won. */
  share: number | null;
  nOpenEntries: number;
}

/** Every partner that was paid, is owed or has won, the most paid first. */
export function payoutRows(payouts: FactTable, parts: FactTable, deals: FactTable): PayoutRow[] {
  const entries = groupBy(rowsOf(payouts), (row) => wordAt(payouts, "partner", row)!);
  const won = groupBy(
    rowsOf(parts).filter(
      (row) =>
        numberAt(parts, "is_origin", row) === 1 &&
        wordAt(deals, "outcome", numberAt(parts, "deal", row)!) === "won"
    ),
    (row) => wordAt(parts, "partner", row)!
  );
  const partners = [...new Set([...entries.keys(), ...won.keys()])];
  return partners
    .map((partner) => {
      const mine = entries.get(partner) ?? [];
      const rows = won.get(partner) ?? [];
      const money = moneyOf(payouts, mine);
      const wonCents = rows.reduce(
        (sum, row) => sum + (centsAt(deals, "won_amount", numberAt(parts, "deal", row)!) ?? 0),
        0
      );
      return {
        partner,
        tier: (mine[0] === undefined ? null : wordAt(payouts, "tier", mine[0])) ?? tierOf(parts, rows[0]),
        ...money,
        wonCents,
        nWon: rows.length,
        share: wonCents > 0 ? money.paidCents / wonCents : null,
        nOpenEntries: mine.filter((row) => !SETTLED.includes(wordAt(payouts, "class", row)!)).length
      };
    })
    .sort((a, b) => b.paidCents - a.paidCents || b.wonCents - a.wonCents || (a.partner < b.partner ? -1 : 1));
}

function tierOf(parts: FactTable, row: number | undefined): string | null {
  return row === undefined ? null : wordAt(parts, "tier", row);
}

function moneyOf(payouts: FactTable, rows: readonly number[]): {owedCents: number | null; paidCents: number} {
  const sum = (name: string) => rows.reduce((total, row) => total + (centsAt(payouts, name, row) ?? 0), 0);
  const isUnknown =
    rows.some((row) => wordAt(payouts, "class", row) === UNPRICED) &&
    rows.every((row) => centsAt(payouts, "owed_amount", row) === null);
  return {owedCents: isUnknown ? null : sum("owed_amount"), paidCents: sum("paid_amount")};
}
