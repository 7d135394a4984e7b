/** Quick reading of fact columns, in the unit they are stored in. */
import type {FactTable} from "../facts.js";

/** Days since 1970; null when unknown. */
export function dayAt(table: FactTable, name: string, row: number): number | null {
  const column = table.columns[name];
  return column?.kind === "day" ? (column.values[row] ?? null) : null;
}

/** Whole cents; null when unknown. */
export function centsAt(table: FactTable, name: string, row: number): number | null {
  const column = table.columns[name];
  return column?.kind === "cents" ? (column.values[row] ?? null) : null;
}

/** A number; null when unknown. */
export function numberAt(table: FactTable, name: string, row: number): number | null {
  const column = table.columns[name];
  return column?.kind === "number" ? (column.values[row] ?? null) : null;
}

/** A word; null when there is none. */
export function wordAt(table: FactTable, name: string, row: number): string | null {
  const column = table.columns[name];
  if (column?.kind === "text") return column.values[row] ?? null;
  if (column?.kind !== "key") return null;
  const code = column.codes[row] ?? null;
  return code === null ? null : (column.words[code] ?? null);
}

/** The deal's amount in cents, whatever its outcome. */
export function dealCents(deals: FactTable, deal: number): number {
  return ["open_amount", "won_amount", "lost_amount"].reduce(
    (sum, name) => sum + (centsAt(deals, name, deal) ?? 0),
    0
  );
}

/** All row numbers of a table. */
export function rowsOf({n}: FactTable): number[] {
  return Array.from({length: n}, (_, row) => row);
}

/** Values by key, in order of appearance. */
export function groupBy<T, K>(list: readonly T[], key: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of list) {
    const name = key(each);
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return groups;
}
