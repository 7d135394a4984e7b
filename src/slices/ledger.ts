/** CRM and partner portal side by side: each entry in one class, with its money on both sides. */
import {cell, type FactTable} from "./facts.js";

export interface LedgerTotal {
  class: string;
  n: number;
  /** Entries with a record to mend. */
  nToMend: number;
  portalCents: number;
  /** CRM money, each deal once over all classes. */
  crmCents: number;
  rows: number[];
}

/** Totals by class: those with something to mend first, then by money. Sums over classes are the totals of both systems. */
export function ledgerTotals(ledger: FactTable, rows: readonly number[]): LedgerTotal[] {
  const totals = new Map<string, LedgerTotal>();
  for (const row of rows) {
    const name = String(cell(ledger, "class", row));
    const total = totals.get(name) ?? {class: name, n: 0, nToMend: 0, portalCents: 0, crmCents: 0, rows: []};
    totals.set(name, total);
    total.n++;
    if (cell(ledger, "mend", row) !== null) total.nToMend++;
    total.portalCents += cents(ledger, "portal_amount", row);
    total.crmCents += cents(ledger, "crm_amount_counted", row);
    total.rows.push(row);
  }
  const worth = ({portalCents, crmCents}: LedgerTotal) => Math.max(portalCents, crmCents);
  return [...totals.values()].sort(
    (a, b) => Number(b.nToMend > 0) - Number(a.nToMend > 0) || worth(b) - worth(a)
  );
}

/** What an entry is worth, cents: the deal's amount where the CRM has it, else the partner's estimate. */
export function entryCents(ledger: FactTable, row: number): number {
  return cents(ledger, "crm_amount", row) || cents(ledger, "portal_amount", row);
}

function cents(table: FactTable, name: string, row: number): number {
  const column = table.columns[name];
  return column?.kind === "cents" ? (column.values[row] ?? 0) : 0;
}
