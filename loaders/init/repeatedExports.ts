/**
 * Exports whose ids meet: an older one is left out only where it is certain that a newer one is of the same records, for both would double
 * them. Numbers alone are no proof (each region, each year may count from 1), so everything else is a question, and both stay.
 */
import type {Engine} from "../engine/engine.ts";
import {canonicalTable} from "../workspace/canonicalTables.ts";
import {cellOf} from "./cells.ts";
import type {ChosenFile, LeftOut} from "./chooseFiles.ts";
import {dayInName} from "./dayInName.ts";
import {list} from "./workspaceText.ts";

/** Share of an older export's records that a newer may lack: deleted or merged since. */
const GONE = 0.03;
/** Share of the shared ids that must be of the same record. */
const NEARLY_ALL = 0.95;
/** Share of its records in which a column must say something to prove anything. */
const FILLED = 0.5;
/** What does not change while a record is worked on. */
const STABLE = ["created_at", "ordered_on", "submitted_at", "name"];

/** An export with its ids and stable cells in a table of their own: each file is read once, however many it is compared with. */
interface Keyed {
  file: ChosenFile;
  table: string;
  day: string | undefined;
  /** The stable columns that it has and that say something. */
  stable: string[];
  n: number;
}

/** Two exports that share ids. Counts are of ids; `same` of the shared ones, by stable column. */
interface Meeting {
  other: Keyed;
  nShared: number;
  nOnlyOther: number;
  same: Map<string, number>;
}

/** @returns the files that are loaded, in their order, those with open questions among their notes; and those left out. */
export async function dropRepeated(
  engine: Engine,
  files: readonly ChosenFile[]
): Promise<{chosen: ChosenFile[]; leftOut: LeftOut[]}> {
  const leftOut: LeftOut[] = [];
  const kept: Keyed[] = [];
  const questions = new Map<ChosenFile, string>();
  const keyed = await keyedFiles(engine, files);
  for (const each of keyed.sort(newestFirst)) {
    const meetings: Meeting[] = [];
    for (const other of kept) {
      if (other.file.recognition.object !== each.file.recognition.object) continue;
      const met = await meeting(engine, each, other);
      if (met.nShared > 0) meetings.push(met);
    }
    const newer = meetings.find((met) => doubts(each, met).length === 0);
    if (newer) {
      leftOut.push({file: each.file.file, why: await replaced(engine, each, newer)});
      continue;
    }
    kept.push(each);
    if (meetings.length > 0) questions.set(each.file, question(each, meetings));
  }
  for (const {table} of keyed) await engine.run(`drop table ${table}`);
  const out = new Set(leftOut.map(({file}) => file));
  return {
    chosen: files
      .filter(({file}) => !out.has(file))
      .map((file) =>
        questions.has(file) ? {...file, notes: [...file.notes, `QUESTION: ${questions.get(file)}`]} : file
      ),
    leftOut
  };
}

/** By the day of the name; those whose name says none come last; of one day, and of none, by name. */
function newestFirst(a: Keyed, b: Keyed): number {
  const [dayA, dayB] = [a.day ?? "", b.day ?? ""];
  if (dayA !== dayB) return dayA < dayB ? 1 : -1;
  return a.file.file < b.file.file ? -1 : 1;
}

/** The ids of files that share their object with another; a log or a link has no id of its own. */
async function keyedFiles(engine: Engine, files: readonly ChosenFile[]): Promise<Keyed[]> {
  const keyed: Keyed[] = [];
  for (const [index, file] of files.entries()) {
    const {object} = file.recognition;
    if (!files.some((other) => other !== file && other.recognition.object === object)) continue;
    const [map] = object.maps({pipelines: []});
    const [name, ...others] = map ? canonicalTable(map.table).key : [];
    const cell = (column: string) => {
      const header = map?.columns[column]?.column;
      return header === undefined ? undefined : cellOf(file, header);
    };
    const key = name === undefined || others.length > 0 ? undefined : cell(name);
    if (key === undefined) continue;
    const present = STABLE.filter((column) => cell(column) !== undefined);
    const table = `repeated_${index}`;
    const cells = present.map((column) => `, nullif(min(trim(${cell(column)})), '') as ${column}`).join("");
    await engine.run(`create temp table ${table} as select trim(${key}) as id${cells}
      from ${file.source!.sql} where trim(${key}) <> '' group by 1`);
    const filled = present.map((column) => `, count(${column})::integer as ${column}`).join("");
    const [row] = await engine.rows<Record<string, number>>(
      `select count(*)::integer as n${filled} from ${table}`
    );
    const n = row!["n"]!;
    // Two empty cells are alike and prove nothing.
    const stable = present.filter((column) => row![column]! >= FILLED * n);
    keyed.push({file, table, stable, day: dayInName(file.file), n});
  }
  return keyed;
}

async function meeting(engine: Engine, each: Keyed, other: Keyed): Promise<Meeting> {
  const both = each.stable.filter((column) => other.stable.includes(column));
  const same = both.map(
    (column) =>
      `, (count(*) filter (where each.${column} is not distinct from other.${column}))::integer as ${column}`
  );
  const [row] = await engine.rows<
    Record<string, number>
  >(`select count(*)::integer as n_shared${same.join("")}
    from ${each.table} as each join ${other.table} as other using (id)`);
  const nShared = row!["n_shared"]!;
  return {
    other,
    nShared,
    nOnlyOther: other.n - nShared,
    same: new Map(both.map((column) => [column, row![column]!]))
  };
}

/** What speaks against leaving an export out for another, each as words; none where it is certain. */
function doubts(each: Keyed, {other, nShared, same}: Meeting): string[] {
  const found: string[] = [];
  const theirs = other.file.file;
  if (each.day === undefined || other.day === undefined)
    found.push("the names do not both say one day that can be read in one way only");
  else if (each.day === other.day) found.push("the names say the same day");
  const only = (a: Keyed, b: Keyed) =>
    a.file.source!.header.filter((name) => !b.file.source!.header.includes(name));
  const [mine, others] = [only(each, other), only(other, each)];
  if (mine.length > 0) found.push(`only this one has the columns ${list(mine)}`);
  if (others.length > 0) found.push(`only ${theirs} has the columns ${list(others)}`);
  const nGone = each.n - nShared;
  if (nGone > GONE * each.n) found.push(`${count(nGone)} of its records are not in ${theirs}`);
  if (same.size === 0) found.push("nothing but the ids can be compared");
  for (const [column, n] of same)
    if (n < NEARLY_ALL * nShared)
      found.push(
        `${count(nShared - n)} of the ${count(nShared)} shared ids have another ${column}, as other records with the same numbers would`
      );
  return found;
}

/** Only asked about the export with which it shares most; how many more there are is said. */
function question(each: Keyed, meetings: readonly Meeting[]): string {
  const [most, ...others] = [...meetings].sort((a, b) => b.nShared - a.nShared);
  const also = others.length > 0 ? ` (and it shares ids with ${others.length} more)` : "";
  return `${count(most!.nShared)} of its ${count(each.n)} ids are in ${most!.other.file.file} too${also}, which has ${count(most!.nOnlyOther)} others. Are they the same records? It is not certain: ${doubts(each, most!).join("; ")}. Both are listed, and the build stops at an id that stands twice. If they are the same, list the newer alone (one export with all columns and records); if they are not, give them ids of their own.`;
}

/** Why an export is not loaded, with the records that are then loaded nowhere. */
async function replaced(engine: Engine, each: Keyed, {other, nShared}: Meeting): Promise<string> {
  const nGone = each.n - nShared;
  const [share, rest] =
    nGone === 0
      ? [`all its ${count(each.n)} records are`, ""]
      : [
          `${count(nShared)} of its ${count(each.n)} records are`,
          `; ${nGone === 1 ? "one is" : `${count(nGone)} are`} in the older alone, deleted since as it seems, and not loaded: ${await gone(engine, each, other)}`
        ];
  return `${share} in ${other.file.file} too, whose name says a later day (${other.day}, this one ${each.day}); both would double them${rest}`;
}

async function gone(engine: Engine, each: Keyed, other: Keyed): Promise<string> {
  const rows = await engine.rows<{id: string}>(
    `select id from ${each.table} where id not in (select id from ${other.table}) order by id`
  );
  return list(rows.map(({id}) => id));
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
