/** Answers as they are written: of lists of deals the largest, of ranked rows the first, numbers to nine digits. */
import type {Answers, DealList, Ranked} from "../../../src/figures/pageFigures.ts";
import type {FactColumn, FactTable} from "../../../src/slices/facts.ts";

/** Deals and rows that the lists of one file name together, and the fewest and most of one list. */
const DEALS = {all: 1_200, least: 3, most: 100};
const ROWS = {all: 1_500, least: 40, most: 200};
const DIGITS = 9;

/** Columns of deals that a list shows. */
export const SHOWN = [
  ...["deal_id", "deal_name", "account_name", "owner", "stage", "created_on", "close_on", "closed_on"],
  ...["age_days", "stage_days", "cycle_days", "open_amount", "won_amount", "lost_amount", "is_amount_unknown"]
];

/** The answers with short lists, and the table of the deals that these name. */
export function shorten(answers: Answers, deals: FactTable): Answers & {listed: FactTable} {
  const mostDeals = share(DEALS, count(answers, isDealList));
  const amountOf = amounts(deals);
  const listed = new Map<number, number>();
  const place = (row: number) => {
    const known = listed.get(row) ?? listed.size;
    listed.set(row, known);
    return known;
  };
  const short = (value: unknown, mostRows: number): unknown => {
    if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
    if (typeof value !== "object" || value === null) return value;
    if (isDealList(value)) return {n: value.n, rows: largest(value.rows, amountOf, mostDeals).map(place)};
    const all = (list: readonly unknown[]) => list.map((each) => short(each, mostRows));
    if (isRanked(value)) return {n: value.n, list: all(value.list.slice(0, mostRows))};
    if (Array.isArray(value)) return all(value);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, short(each, mostRows)]));
  };
  const groups = Object.entries(answers).map(([name, group]) => [
    name,
    short(group, share(ROWS, count(group, isRanked)))
  ]);
  return {...(Object.fromEntries(groups) as Answers), listed: pick(deals, [...listed.keys()])};
}

function share({all, least, most}: typeof DEALS, lists: number): number {
  return Math.max(least, Math.min(most, Math.floor(all / Math.max(1, lists))));
}

function count(value: unknown, is: (value: object) => boolean): number {
  if (typeof value !== "object" || value === null) return 0;
  if (is(value)) return 1;
  return Object.values(value).reduce((sum: number, each) => sum + count(each, is), 0);
}

function isDealList(value: object): value is DealList {
  return "n" in value && "rows" in value && Array.isArray(value.rows) && Object.keys(value).length === 2;
}

function isRanked(value: object): value is Ranked<unknown> {
  return "n" in value && "list" in value && Array.isArray(value.list) && Object.keys(value).length === 2;
}

function largest(rows: readonly number[], amountOf: (row: number) => number, most: number): number[] {
  if (rows.length <= most) return [...rows];
  return [...rows].sort((a, b) => amountOf(b) - amountOf(a) || a - b).slice(0, most);
}

function amounts(deals: FactTable): (row: number) => number {
  const columns = ["open_amount", "won_amount", "lost_amount"].flatMap((name) => {
    const column = deals.columns[name];
    return column?.kind === "cents" ? [column.values] : [];
  });
  return (row) => columns.reduce((sum, values) => sum + (values[row] ?? 0), 0);
}

/** Some rows of a table, with the columns that lists show. */
function pick({columns}: FactTable, rows: readonly number[]): FactTable {
  const picked = SHOWN.flatMap((name): [string, FactColumn][] => {
    const column = columns[name];
    return column ? [[name, some(column, rows)]] : [];
  });
  return {n: rows.length, columns: Object.fromEntries(picked)};
}

function some(column: FactColumn, rows: readonly number[]): FactColumn {
  if (column.kind !== "key") {
    const values = rows.map((row) => column.values[row] ?? null);
    return {...column, values} as FactColumn;
  }
  const codes = rows.map((row) => column.codes[row] ?? null);
  const used = [...new Set(codes.filter((code) => code !== null))].sort((a, b) => a - b);
  const place = new Map(used.map((code, i) => [code, i]));
  return {
    kind: "key",
    words: used.map((code) => column.words[code]!),
    codes: codes.map((code) => (code === null ? null : place.get(code)!))
  };
}
