/** Writes the demo's exports as CSV files. */
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {simulateDemo, type Table} from "./simulateDemo.ts";

/** Writes one CSV a table into `out`, which must exist. The same numbers give the same bytes. */
export function writeDemo({deals, seed, out}: {deals: number; seed: number; out: string}): void {
  for (const [name, table] of Object.entries(simulateDemo({deals, seed}).files))
    writeFileSync(join(out, name), csv(table));
}

function csv(table: Table): string {
  const columns = Object.keys(table[0] ?? {});
  const lines = table.map((row) => columns.map((column) => field(row[column] ?? "")).join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
