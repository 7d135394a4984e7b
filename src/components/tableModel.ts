import {formatValue, money, named, type Unit, type Value} from "./format.js";

/** One column of a table of `Row`s. */
export interface TableColumn<Row extends object> {
  /** Field of the row, also the CSV column. */
  key: keyof Row & string;
  label: string;
  unit: Unit;
  /** ISO code for unit money: one for the column, or one a row. */
  currency?: string | null | ((row: Row) => string | null);
  /** Default: numbers right, the rest left. */
  align?: "left" | "right";
  /** Address of a link on the cell; null for none. */
  link?: (row: Row) => string | null;
  /** What to sort by when it is not the value itself: a stage's position, say. */
  sortValue?: (row: Row) => number | string | null;
  /** Sums the column in the last line (money and counts only). */
  total?: boolean;
  /** What a null means in this column; "not enough data" for numbers, "none" for text and dates. */
  missing?: string;
}

export interface Sort {
  key: string;
  descending: boolean;
}

/** The value of a cell; undefined counts as null. */
export function cellValue<Row extends object>(row: Row, key: keyof Row & string): Value {
  return (row[key] ?? null) as Value;
}

/** Columns whose cells line up on the right. */
export function isNumeric(unit: Unit): boolean {
  return unit !== "text" && unit !== "date";
}

/** A function from a row to the cell's text; null values give null. Money shows cents in all rows or in none. */
export function cellText<Row extends object>(
  {key, label, unit, currency = null}: TableColumn<Row>,
  decimals: 0 | 2
): (row: Row) => string | null {
  return (row) => {
    const value = cellValue(row, key);
    if (value === null) return null;
    if (unit === "text") return named(String(value), label);
    if (unit !== "money") return formatValue(value, unit);
    const code = typeof currency === "function" ? currency(row) : currency;
    return money(Number(value), code, {exact: true, decimals});
  };
}

/** Two decimals when any amount of a column of money has cents, else none: the column then lines up. */
export function decimalsOf<Row extends object>(rows: readonly Row[], {key, unit}: TableColumn<Row>): 0 | 2 {
  if (unit !== "money") return 0;
  return rows.some((row) => Math.round(Number(cellValue(row, key)) * 100) % 100 !== 0) ? 2 : 0;
}

/** Rows in order; nulls last either way, ties keep their order. */
export function sortRows<Row extends object>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: Sort | null
): Row[] {
  const column = columns.find(({key}) => key === sort?.key);
  if (!sort || !column) return [...rows];
  const by = column.sortValue ?? ((row: Row) => cellValue(row, column.key));
  const way = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({row, value: by(row)}))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return way * compare(a.value, b.value);
    })
    .map(({row}) => row);
}

/** A function that keeps the rows whose texts contain every word of the query, in any column and any case. */
export function searcher<Row extends object>(
  rows: readonly Row[],
  texts: readonly ((row: Row) => string | null)[]
): (query: string) => Row[] {
  let index: string[] | null = null;
  return (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [...rows];
    index ??= rows.map((row) => fold(texts.map((text) => text(row) ?? "").join("\n")));
    return rows.filter((_, i) => words.every((word) => index![i]!.includes(word)));
  };
}

/** The sum of a column to the cent; null when no row has a value or rows differ in currency. */
export function columnTotal<Row extends object>(
  rows: readonly Row[],
  column: TableColumn<Row>
): number | null {
  const {currency} = column;
  if (typeof currency === "function" && new Set(rows.map((row) => currency(row))).size > 1) return null;
  const values = rows.map((row) => cellValue(row, column.key)).filter((value) => value !== null);
  if (values.length === 0) return null;
  return values.reduce<number>((sum, value) => sum + Math.round(Number(value) * 100), 0) / 100;
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", {numeric: true, sensitivity: "base"});
}

/** Lower case without accents, and spaces as typed, so that "1 200" finds "1 200" grouped by thin spaces. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[\u202f\u00a0]/g, " ")
    .toLowerCase();
}
