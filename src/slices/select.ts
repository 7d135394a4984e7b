/** Which rows of a fact table a selection takes. */
import {dayNumber, type FactTable} from "./facts.js";

/** First and last day, ISO, both included. */
export interface Period {
  from: string;
  to: string;
}

/** For each dimension, the values taken; a dimension that is absent or empty takes all. */
export type Filters = Record<string, readonly string[]>;

export const NONE = "(none)";

/** Filters a fact table cannot answer, because it has no such column. */
export function unanswerable(table: FactTable, filters: Filters): string[] {
  return Object.keys(filters).filter(
    (key) => (filters[key]?.length ?? 0) > 0 && table.columns[key]?.kind !== "key"
  );
}

/** Whether a row passes the filters and, when a period and its day column are given, lies in the period. */
export function rowTest(
  table: FactTable,
  filters: Filters,
  period?: Period,
  on?: string
): (row: number) => boolean {
  const tests = Object.entries(filters).flatMap(([key, values]) => {
    const column = table.columns[key];
    if (values.length === 0 || column?.kind !== "key") return [];
    const wanted = new Set<number | null>(
      values.flatMap((value): (number | null)[] => (value === NONE ? [null] : [column.words.indexOf(value)]))
    );
    return [(row: number) => wanted.has(column.codes[row] ?? null)];
  });
  const days = on && period ? table.columns[on] : undefined;
  if (days?.kind === "day" && period) {
    const [from, to] = [dayNumber(period.from), dayNumber(period.to)];
    tests.push((row) => {
      const day = days.values[row] ?? null;
      return day !== null && day >= from && day <= to;
    });
  }
  return (row) => tests.every((test) => test(row));
}

/** Row numbers that pass {@link rowTest}. */
export function selectRows(table: FactTable, filters: Filters, period?: Period, on?: string): number[] {
  const isSelected = rowTest(table, filters, period, on);
  const rows: number[] = [];
  for (let row = 0; row < table.n; row++) if (isSelected(row)) rows.push(row);
  return rows;
}

/** Rows by the word in a key column; rows without one under "(none)". */
export function groupRows(table: FactTable, rows: readonly number[], key: string): Map<string, number[]> {
  const column = table.columns[key];
  const groups = new Map<string, number[]>();
  if (column?.kind !== "key") return groups;
  for (const row of rows) {
    const code = column.codes[row] ?? null;
    const word = code === null ? NONE : column.words[code]!;
    const group = groups.get(word);
    if (group) group.push(row);
    else groups.set(word, [row]);
  }
  return groups;
}
