/** Makes small twins for tests, and reads what they wrote with a parser of its own. */
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll} from "vitest";
import {type Firm, writeTwin} from "../../loaders/twins/writeTwin.ts";

/** The last day that either twin knows. */
export const EXPORT_DAY = "2026-05-22";

export type Row = Record<string, string>;

export interface SmallTwin {
  dir: string;
  rows(file: string): Row[];
}

/** A twin in a temporary folder that goes when the file's tests are over. */
export async function smallTwin(firm: Firm, deals: number, seed: number): Promise<SmallTwin> {
  const parent = mkdtempSync(join(tmpdir(), "weir-twin-"));
  afterAll(() => rmSync(parent, {recursive: true, force: true}));
  const dir = join(parent, "out");
  await writeTwin({firm, deals, seed, out: dir});
  const read = new Map<string, Row[]>();
  return {
    dir,
    rows(file) {
      if (!read.has(file)) read.set(file, parseCsv(readFileSync(join(dir, file), "utf8")));
      return read.get(file)!;
    }
  };
}

/** RFC 4180, strict: throws when a row has not as many fields as the header. */
export function parseCsv(text: string): Row[] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/gy;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    record.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === "\n") {
      records.push(record);
      record = [];
    }
    if (field.lastIndex === text.length) break;
  }
  const header = records[0]!;
  return records.slice(1).map((values, i) => {
    if (values.length !== header.length)
      throw new Error(`record ${i + 1} has ${values.length} fields, the header ${header.length}`);
    return Object.fromEntries(header.map((name, column) => [name, values[column]!]));
  });
}

/** Money text as integer cents; null when empty. */
export function cents(money: string): number | null {
  return money === "" ? null : Math.round(Number(money) * 100);
}

/** Rows by the value of a column. */
export function groupBy(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row[column]!;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The days from one ISO date to another, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
