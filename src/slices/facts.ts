/**
 * Fact tables as the pages get them: columns, with words as codes into a list, money as whole cents and days as days
 * since 1970, so that sums in the browser are exact and files stay small.
 */
export type FactColumn =
  | {kind: "key"; words: string[]; codes: (number | null)[]}
  | {kind: "cents"; values: (number | null)[]}
  | {kind: "number"; values: (number | null)[]}
  | {kind: "day"; values: (number | null)[]}
  | {kind: "text"; values: (string | null)[]};

export interface FactTable {
  n: number;
  columns: Record<string, FactColumn>;
  /** Of cells: the records that each row stands for, alike in every word and day column, amounts added up. Absent: one each. */
  weights?: number[];
  /** Columns that cells of this size leave out, with why. */
  leftOut?: Record<string, string>;
  /** Columns that deals get as they advance, with the stages from which on: most of those lost before have none. */
  late?: Record<string, string[]>;
}

export type Facts = Record<string, FactTable>;

/**
 * The table that holds a column of a fact: its own where cells keep it apart (the histogram of a duration), named
 * "fact.column", else the fact's.
 */
export function tableOf(facts: Facts, fact: string, column: string): FactTable | undefined {
  return facts[`${fact}.${column}`] ?? facts[fact];
}

/** The records that rows stand for. */
export function countOf({weights}: FactTable, rows: readonly number[]): number {
  return weights ? rows.reduce((sum, row) => sum + weights[row]!, 0) : rows.length;
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of an ISO day. */
export function dayNumber(isoDay: string): number {
  return Math.round(Date.parse(`${isoDay}T00:00:00Z`) / DAY_MS);
}

/** The ISO day of a day number. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The value of one cell in its natural unit: money in units, days as ISO text, words as words; null when empty. */
export function cell(table: FactTable, column: string, row: number): string | number | null {
  const found = table.columns[column];
  if (!found) return null;
  if (found.kind === "key") {
    const code = found.codes[row] ?? null;
    return code === null ? null : (found.words[code] ?? null);
  }
  const value = found.values[row] ?? null;
  if (value === null) return null;
  if (found.kind === "cents") return (value as number) / 100;
  return found.kind === "day" ? isoDay(value as number) : value;
}

/** Rows as objects of natural values. */
export function rowObjects(
  table: FactTable,
  rows: readonly number[],
  columns: readonly string[]
): Record<string, string | number | null>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, cell(table, column, row)])));
}

/** Columns with their cells (codes of words) told otherwise. */
export function mapColumns(
  columns: FactTable["columns"],
  told: (cells: readonly (string | number | null)[]) => (string | number | null)[]
): FactTable["columns"] {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const cells = told(column.kind === "key" ? column.codes : column.values);
      return [
        name,
        (column.kind === "key" ? {...column, codes: cells} : {...column, values: cells}) as FactColumn
      ];
    })
  );
}

/** Some rows of a table, in the order given. */
export function pickRows({columns}: FactTable, rows: readonly number[]): FactTable {
  return {n: rows.length, columns: mapColumns(columns, (cells) => rows.map((row) => cells[row] ?? null))};
}
