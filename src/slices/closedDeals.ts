/** Deals that closed in a span of days: win rate and cycle as they were known at its end. */
import {median} from "./evaluate.js";
import type {FactTable} from "./facts.js";
import type {DaySpan} from "./stretches.js";

export interface Closed {
  /** Rows of the won deals, and of the lost ones. */
  won: number[];
  lost: number[];
  nWon: number;
  nLost: number;
  /** Won / (won + lost); null when nothing closed. */
  winRate: number | null;
  /** Days from creation to close of the won deals, in order. */
  cycles: number[];
  medianCycle: number | null;
  meanCycle: number | null;
}

/** Of the rows, the deals closed from the first to the last day of the span. */
export function closedIn(deals: FactTable, rows: readonly number[], {from, to}: DaySpan): Closed {
  const closed = deals.columns["closed_on"];
  const created = deals.columns["created_on"];
  const won = deals.columns["n_won"];
  const result: Closed = {
    won: [],
    lost: [],
    nWon: 0,
    nLost: 0,
    winRate: null,
    cycles: [],
    medianCycle: null,
    meanCycle: null
  };
  if (closed?.kind !== "day" || created?.kind !== "day" || won?.kind !== "number") return result;
  for (const row of rows) {
    const day = closed.values[row] ?? null;
    if (day === null || day < from || day > to) continue;
    if (won.values[row] !== 1) {
      result.nLost++;
      result.lost.push(row);
      continue;
    }
    result.nWon++;
    result.won.push(row);
    const start = created.values[row] ?? null;
    if (start !== null) result.cycles.push(Math.max(0, day - start));
  }
  const {nWon, nLost, cycles} = result;
  cycles.sort((a, b) => a - b);
  if (nWon + nLost > 0) result.winRate = nWon / (nWon + nLost);
  if (cycles.length > 0) {
    result.medianCycle = median(cycles);
    result.meanCycle = cycles.reduce((sum, days) => sum + days, 0) / cycles.length;
  }
  return result;
}

/** What the won rows brought a day of `days`, in units of base currency; a deal without an amount brought nothing. */
export function perDay(deals: FactTable, won: readonly number[], days: number): number {
  return won.reduce((sum, row) => sum + centsOf(deals, "won_amount", row), 0) / 100 / days;
}

/** Cents of a money column in a row; 0 where there is none. */
export function centsOf(deals: FactTable, name: string, row: number): number {
  const column = deals.columns[name];
  return column?.kind === "cents" ? (column.values[row] ?? 0) : 0;
}

/** The value below which a share (0..1) of sorted values lies (type 7 of R and numpy); null for none. */
export function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const [a, b] = [sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!];
  return a + (b - a) * (at - low);
}
