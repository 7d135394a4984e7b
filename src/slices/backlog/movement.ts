/** How the backlog moves: begin, what came, what went, end; and how orders stand to what is billed. All money in whole cents. */
import type {FactTable} from "../facts.js";
import {dayNumber, isoDay} from "../facts.js";
import {centsAt, dayAt, numberAt} from "../partners/columns.js";
import type {BacklogData, BacklogPeriod} from "./backlogData.js";

/** What changes the backlog, in the order in which it is told. */
export const FLOWS = ["ordered", "shipped", "cancelled", "repriced", "revalued"] as const;
export type Flow = (typeof FLOWS)[number];

/** A period: begin plus its flows is end; shipments and cancellations are negative. */
export interface BacklogRow extends Record<Flow, number> {
  label: string;
  from: string;
  to: string;
  isWhole: boolean;
  begin: number;
  end: number;
  billed: number;
  nOrdered: number;
  nShipments: number;
  nCancelled: number;
  nRepriced: number;
}

/**
 * Every month of the selection, without a gap.
 * @param rows of the cells
 */
export function backlogMonths({months, cells}: BacklogData, rows: readonly number[]): BacklogRow[] {
  const sums = new Map(months.map((month) => [dayNumber(month.from), emptyMonth(month)]));
  for (const row of rows) {
    const sum = sums.get(dayAt(cells, "month_on", row)!)!;
    for (const flow of FLOWS) sum[flow] += centsAt(cells, `${flow}_amount`, row) ?? 0;
    sum.billed += centsAt(cells, "billed_amount", row) ?? 0;
    sum.nOrdered += count(cells, "n_ordered", row);
    sum.nShipments += count(cells, "n_shipments", row);
    sum.nCancelled += count(cells, "n_cancelled", row);
    sum.nRepriced += count(cells, "n_repriced", row);
  }
  let level = 0;
  return [...sums.values()].map((sum) => {
    const begin = level;
    level += FLOWS.reduce((change, flow) => change + sum[flow], 0);
    return {...sum, begin, end: level};
  });
}

/** The months of each quarter together. @param periods the same months, with the quarters they are in */
export function byQuarter(months: readonly BacklogRow[], periods: readonly BacklogPeriod[]): BacklogRow[] {
  const quarters = new Map<string, BacklogRow>();
  for (const [i, month] of months.entries()) {
    const {quarter: label, quarterTo} = periods[i]!;
    const before = quarters.get(label);
    quarters.set(label, {
      ...(before ? joined(before, month) : {...month, label}),
      isWhole: month.to >= quarterTo
    });
  }
  return [...quarters.values()];
}

/** Two periods of which one follows the other, as one. */
function joined(first: BacklogRow, next: BacklogRow): BacklogRow {
  const sums = [...FLOWS, "billed", "nOrdered", "nShipments", "nCancelled", "nRepriced"] as const;
  return {
    ...first,
    ...Object.fromEntries(sums.map((key) => [key, first[key] + next[key]])),
    to: next.to,
    end: next.end
  };
}

/** The last `n` months that are over; null where there are fewer. */
export function lastWhole(months: readonly BacklogRow[], n: number): BacklogRow[] | null {
  const whole = months.filter(({isWhole}) => isWhole);
  return whole.length < n ? null : whole.slice(-n);
}

/** Orders over what was billed, or shipped where nothing tells of invoices. */
export interface BookToBill {
  /** Null where nothing was billed, or the invoices begin after the first of the months. */
  ratio: number | null;
  ordered: number;
  billed: number;
  /** The invoices reach back to the first of the months. */
  isBilled: boolean;
  nOrdered: number;
  from: string;
  to: string;
}

/** First day of the first month with invoices, whatever is filtered; null without any. */
export function invoicedFrom({cells}: BacklogData): string | null {
  let first = Number.POSITIVE_INFINITY;
  for (let row = 0; row < cells.n; row++)
    if ((centsAt(cells, "billed_amount", row) ?? 0) !== 0)
      first = Math.min(first, dayAt(cells, "month_on", row)!);
  return Number.isFinite(first) ? isoDay(first) : null;
}

/**
 * Of the last `n` whole months; null where there are fewer.
 * @param billedFrom the first month of which the exports have invoices
 */
export function bookToBill(
  months: readonly BacklogRow[],
  n: number,
  hasInvoices: boolean,
  billedFrom: string | null = null
): BookToBill | null {
  const span = lastWhole(months, n);
  if (!span) return null;
  const sum = (of: (month: BacklogRow) => number) => span.reduce((total, month) => total + of(month), 0);
  const ordered = sum((month) => month.ordered);
  const billed = sum((month) => (hasInvoices ? month.billed : -month.shipped));
  const isBilled = !hasInvoices || billedFrom === null || billedFrom <= span[0]!.from;
  return {
    ratio: billed > 0 && isBilled ? ordered / billed : null,
    ordered,
    billed,
    isBilled,
    nOrdered: sum((month) => month.nOrdered),
    from: span[0]!.from,
    to: span.at(-1)!.to
  };
}

/** Months that the backlog lasts at the pace of shipments of the last twelve whole months; null without twelve, or without shipments. */
export function monthsOfBacklog(months: readonly BacklogRow[]): number | null {
  const span = lastWhole(months, 12);
  const shipped = -(span ?? []).reduce((sum, month) => sum + month.shipped, 0);
  return shipped > 0 ? months.at(-1)!.end / (shipped / 12) : null;
}

function emptyMonth({label, from, to, isWhole}: BacklogPeriod): BacklogRow {
  const flows = {ordered: 0, shipped: 0, cancelled: 0, repriced: 0, revalued: 0};
  const counts = {nOrdered: 0, nShipments: 0, nCancelled: 0, nRepriced: 0};
  return {label, from, to, isWhole, begin: 0, ...flows, end: 0, billed: 0, ...counts};
}

function count(table: FactTable, name: string, row: number): number {
  return numberAt(table, name, row) ?? 0;
}
