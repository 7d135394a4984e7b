/** What a warehouse was made of and what it holds: a table inside it and a JSON beside it, always equal. */
import {existsSync, readFileSync} from "node:fs";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {FileReport} from "../sources/loadSources.ts";
import type {Reject} from "../sources/reject.ts";
import type {CheckResult} from "./runModels.ts";

export interface Manifest {
  version: 1;
  workspace: string;
  company: string;
  as_of: string;
  seed: number;
  is_synthetic: boolean;
  /** When it was built, UTC: the one clock reading, taken by the command. */
  built_at: string;
  /** Hash of everything it was built from: an equal one means nothing to do. */
  input_hash: string;
  versions: Record<string, string>;
  files: FileReport[];
  /** Rows by relation, `schema.name`. */
  row_counts: Record<string, number>;
  checks: CheckResult[];
}

/** Writes the `weir` schema: manifest, file, reject, check_result. */
export async function writeManifestTables(
  engine: Engine,
  manifest: Manifest,
  rejects: readonly Reject[]
): Promise<void> {
  await engine.run("create schema if not exists weir");
  const {files, checks, row_counts, ...facts} = manifest;
  await insert(
    engine,
    "manifest",
    "fact varchar, value varchar",
    Object.entries(facts).map(([fact, value]) => [
      fact,
      typeof value === "object" ? JSON.stringify(value) : String(value)
    ])
  );
  await insert(
    engine,
    "file",
    "file varchar, path varchar, sha256 varchar, tables varchar, n_records bigint, n_loaded bigint, n_rejected bigint, is_reused boolean, n_header integer, totals varchar",
    files.map(({totals, ...file}) => [...Object.values(file), JSON.stringify(totals)])
  );
  await insert(
    engine,
    "reject",
    '"file" varchar, line bigint, "column" varchar, value varchar, reason varchar, fix varchar',
    rejects.map(({file, line, column, value, reason, fix}) => [file, line, column, value, reason, fix])
  );
  await insert(
    engine,
    "check_result",
    "name varchar, description varchar, severity varchar, n_failures bigint, examples varchar",
    checks.map(({name, description, severity, n_failures, examples}) => [
      name,
      description,
      severity,
      n_failures,
      JSON.stringify(examples)
    ])
  );
  await insert(engine, "row_count", "relation varchar, n bigint", Object.entries(row_counts));
}

/**
 * Rows of every table that the exports and models made, and of every mart and source, be it a table or a view, but for those that were not
 * asked whole: a view would be worked out to be counted. Those already known are not counted again.
 */
export async function countRows(
  engine: Engine,
  known: Readonly<Record<string, number>>,
  isLeftOut: (name: string) => boolean
): Promise<Record<string, number>> {
  const tables = await engine.rows<Relation>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_schema in ('marts', 'source') or (table_schema = 'intermediate' and table_type = 'BASE TABLE') order by 1, 2`
  );
  const asked = tables.filter(({name}) => !isLeftOut(name));
  const unknown = asked.filter((table) => known[relationOf(table)] === undefined);
  const counted = await countAll(engine, unknown);
  return Object.fromEntries(
    asked.map((table) => [relationOf(table), known[relationOf(table)] ?? counted.get(table)!])
  );
}

interface Relation {
  schema: string;
  name: string;
}

function relationOf({schema, name}: Relation): string {
  return `${schema}.${name}`;
}

/** Rows of each, all in one statement: of small tables a statement costs more than its rows. */
async function countAll(engine: Engine, relations: readonly Relation[]): Promise<Map<Relation, number>> {
  if (relations.length === 0) return new Map();
  const parts = relations.map(
    ({schema, name}, index) => `select ${index} as index, count(*)::integer as n from ${schema}."${name}"`
  );
  const rows = await engine.rows<{index: number; n: number}>(parts.join(" union all "));
  return new Map(rows.map(({index, n}) => [relations[index]!, n]));
}

/** The manifest beside a warehouse, or undefined when there is none or it is of another version. */
export function readManifest(path: string): Manifest | undefined {
  if (!existsSync(path)) return undefined;
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  return manifest.version === 1 ? manifest : undefined;
}

type Cell = string | number | boolean | null;

async function insert(
  engine: Engine,
  table: string,
  columns: string,
  rows: readonly Cell[][]
): Promise<void> {
  await engine.run(`create table weir.${table} (${columns})`);
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row) => `(${row.map(literal).join(", ")})`);
    await engine.run(`insert into weir.${table} values ${values.join(", ")}`);
  }
}
