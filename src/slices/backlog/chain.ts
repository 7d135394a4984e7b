/** Won deals and orders side by side, class by class. */
import type {FactTable} from "../facts.js";
import {centsAt, groupBy, wordAt} from "../partners/columns.js";

export interface ChainTotal {
  class: string;
  n: number;
  /** Entries with a record to mend. */
  nToMend: number;
  /** Won money; each deal once over all classes. */
  dealCents: number;
  /** Ordered money; each order once over all classes. */
  orderCents: number;
}

/** Totals by class: those with something to mend first, then by money. Sums over classes are all won deals and all orders. */
export function chainTotals(ledger: FactTable, rows: readonly number[]): ChainTotal[] {
  return [...groupBy(rows, (row) => wordAt(ledger, "class", row)!)]
    .map(([name, mine]) => ({
      class: name,
      n: mine.length,
      nToMend: mine.filter((row) => wordAt(ledger, "mend", row) !== null).length,
      dealCents: sum(ledger, "deal_amount", mine),
      orderCents: sum(ledger, "order_amount", mine)
    }))
    .sort((a, b) => Number(b.nToMend > 0) - Number(a.nToMend > 0) || worth(b) - worth(a));
}

/** What an entry is about, cents: the larger of its sides; where both amounts stand beside each other, the gap. */
export function entryCents(ledger: FactTable, row: number): number {
  const gap = centsAt(ledger, "gap_amount", row);
  if (gap !== null && gap !== 0) return Math.abs(gap);
  return Math.max(centsAt(ledger, "deal_amount", row) ?? 0, centsAt(ledger, "order_amount", row) ?? 0);
}

function worth({dealCents, orderCents}: ChainTotal): number {
  return Math.max(dealCents, orderCents);
}

function sum(table: FactTable, name: string, rows: readonly number[]): number {
  return rows.reduce((total, row) => total + (centsAt(table, name, row) ?? 0), 0);
}
