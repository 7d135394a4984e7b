/** Two exports of the same records, of different days: the newer is loaded, the older would double them. */
import type {Engine} from "../engine/engine.ts";
import {canonicalTable} from "../workspace/canonicalTables.ts";
import {cellOf} from "./cells.ts";
import type {ChosenFile, LeftOut} from "./chooseFiles.ts";

/** Share of an export's records that another must have to take its place. */
const NEARLY_ALL = 0.8;

/** @returns the files that are loaded, in their order, and those of which another has nearly all records. */
export async function dropRepeated(
  engine: Engine,
  files: readonly ChosenFile[]
): Promise<{chosen: ChosenFile[]; leftOut: LeftOut[]}> {
  const leftOut: LeftOut[] = [];
  const kept: ChosenFile[] = [];
  for (const file of [...files].sort(newerFirst)) {
    const why = await holder(engine, file, kept);
    if (why) leftOut.push({file: file.file, why});
    else kept.push(file);
  }
  return {chosen: files.filter((file) => kept.includes(file)), leftOut};
}

/** By the day in the name, where both have one; else the one with more records; else the later name. */
function newerFirst(a: ChosenFile, b: ChosenFile): number {
  const [dayA, dayB] = [dayIn(a.file), dayIn(b.file)];
  if (dayA && dayB && dayA !== dayB) return dayA < dayB ? 1 : -1;
  const more = (b.source?.nRecords ?? 0) - (a.source?.nRecords ?? 0);
  return more !== 0 ? more : a.file < b.file ? 1 : -1;
}

/**
 * The day that a file's name says, as YYYY-MM-DD; undefined where it says none.
 * @example dayIn("deals 28.11.2026.csv") // "2026-11-28"
 */
export function dayIn(name: string): string | undefined {
  const iso = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name);
  if (iso) return iso.slice(1).join("-");
  const local = /(?<!\d)(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.](20\d{2})(?!\d)/.exec(name);
  return local ? local.slice(1).reverse().join("-") : undefined;
}

/** Why a file is not loaded beside those kept; undefined where none has nearly all its records. */
async function holder(
  engine: Engine,
  file: ChosenFile,
  kept: readonly ChosenFile[]
): Promise<string | undefined> {
  const key = keyCell(file);
  if (key === undefined) return undefined;
  for (const other of kept) {
    const same = other.recognition.object === file.recognition.object ? keyCell(other) : undefined;
    if (same === undefined) continue;
    const [row] = await engine.rows<{n: number; n_same: number}>(`
      select count(*)::integer as n, (count(*) filter (where id in
        (select trim(${same}) from ${other.source!.sql} where ${same} <> '')))::integer as n_same
      from (select distinct trim(${key}) as id from ${file.source!.sql} where ${key} <> '')`);
    const {n, n_same: nSame} = row!;
    if (nSame === 0 || nSame < NEARLY_ALL * n) continue;
    const by =
      dayIn(other.file) && dayIn(file.file) ? "whose name says a later day" : "which has as many or more";
    const count = (value: number) => value.toLocaleString("en-US");
    return `${count(nSame)} of its ${count(n)} records are in ${other.file} too, ${by}; both would double them`;
  }
  return undefined;
}

/** The cell of the one header that is the key of what the file fills; logs and links have none. */
function keyCell(file: ChosenFile): string | undefined {
  const [map] = file.recognition.object.maps({pipelines: []});
  const [name, ...others] = map ? canonicalTable(map.table).key : [];
  const header = map && name !== undefined && others.length === 0 ? map.columns[name]?.column : undefined;
  return header === undefined ? undefined : cellOf(file, header);
}
