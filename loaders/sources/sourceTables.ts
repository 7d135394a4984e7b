/** The tables of the `source` schema: canonical columns and types, custom attributes, and where each row came from. */
import type {Engine} from "../engine/engine.ts";
import {onOneThread} from "../engine/onOneThread.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {
  CANONICAL_TABLE_NAMES,
  type CanonicalTableName,
  type ColumnType,
  canonicalTable
} from "../workspace/canonicalTables.ts";
import type {Workspace} from "../workspace/schema.ts";
import type {ResolvedMap} from "./mappedColumns.ts";

export const SQL_TYPES: Record<ColumnType, string> = {
  id: "varchar",
  text: "varchar",
  money: "decimal(18, 2)",
  number: "double",
  integer: "bigint",
  ratio: "double",
  date: "date",
  timestamp: "timestamp",
  boolean: "boolean",
  stage: "varchar",
  outcome: "varchar",
  category: "varchar"
};

const LINEAGE = ["source_system varchar", "source_file varchar", "source_record bigint"];

/** Creates every canonical table, empty. */
export async function createSourceTables(engine: Engine, config: Workspace): Promise<void> {
  await engine.run("create schema if not exists source");
  for (const name of CANONICAL_TABLE_NAMES) {
    const columns = Object.entries(sourceColumns(name, config)).map(
      ([column, type]) => `${identifier(column)} ${SQL_TYPES[type]}`
    );
    await engine.run(`create table ${sourceTable(name)} (${[...columns, ...LINEAGE].join(", ")})`);
  }
}

export function sourceTable(name: CanonicalTableName): string {
  return `source.${identifier(name)}`;
}

/** Canonical columns, then custom attributes as x_<name>, with their types. */
export function sourceColumns(name: CanonicalTableName, config: Workspace): Record<string, ColumnType> {
  const custom = config.custom_attributes.filter((attribute) => attribute.table === name);
  return {
    ...canonicalTable(name).columns,
    ...Object.fromEntries(custom.map((attribute) => [`x_${attribute.name}`, attribute.type as ColumnType]))
  };
}

/**
 * What only models read, logs and links above all: relations over the typed copies, not written a second time. Keeping one as a table costs ten
 * times as much as reading it.
 */
export const READ_IN_PLACE: ReadonlySet<CanonicalTableName> = new Set([
  "account",
  "deal_event",
  "deal_line",
  "deal_contact",
  "activity",
  "subscription",
  "touch"
]);

/** The rows that one map (number `index` of its file) takes, and the file they come from. */
export interface MappedRows {
  map: ResolvedMap;
  index: number;
  /** Relation of the file's typed rows, as typedRows gives it. */
  rows: string;
  system: string;
  file: string;
}

/** Fills the canonical tables: those read in place become views. */
export async function fillSourceTables(
  engine: Engine,
  mapped: readonly MappedRows[],
  config: Workspace
): Promise<void> {
  for (const name of CANONICAL_TABLE_NAMES) {
    const parts = mapped.filter(({map}) => map.table === name);
    if (parts.length === 0) continue;
    const selected = parts.map((part) => selectRows(part, name, config));
    // What a map counts once would be grouped anew by every reader.
    if (READ_IN_PLACE.has(name) && !parts.some(({map}) => map.distinct)) {
      await engine.run(`drop table ${sourceTable(name)}`);
      await engine.run(`create view ${sourceTable(name)} as ${selected.join("\nunion all\n")}`);
    } else for (const rows of selected) await onOneThread(engine, `insert into ${sourceTable(name)} ${rows}`);
  }
}

/** Writes a table that is read in place, so that rows can be taken away or added. */
export async function keepAsTable(engine: Engine, name: CanonicalTableName): Promise<void> {
  const table = sourceTable(name);
  const [row] = await engine.rows<{is_view: boolean}>(`select table_type = 'VIEW' as is_view
    from information_schema.tables where table_schema = 'source' and table_name = ${literal(name)}`);
  if (!row!.is_view) return;
  await engine.run(`create table source.kept as from ${table}`);
  await engine.run(`drop view ${table}`);
  await engine.run(`alter table source.kept rename to ${identifier(name)}`);
}

/**
 * Where there is one pipeline, or a file says no deal's, its deals are of the first. Among several, one deal's empty cell is
 * no answer: it stays empty, and a check names it.
 */
function pipelineOf(column: string | undefined, rows: string, {pipelines}: Workspace): string {
  const first = literal(pipelines[0]!.id);
  if (column === undefined) return first;
  const isUnsaid = pipelines.length === 1 ? "true" : `(select count(${column}) = 0 from ${rows})`;
  return `case when ${column} is null and ${isUnsaid} then ${first} else ${column} end`;
}

/** All columns of the table in their order, null where the map gives none. */
function selectRows(
  {map, index, rows, system, file}: MappedRows,
  name: CanonicalTableName,
  config: Workspace
): string {
  const values = new Map(map.columns.map(({name, column}) => [name, column.landing]));
  if (name === "deal") values.set("pipeline_id", pipelineOf(values.get("pipeline_id"), rows, config));
  const body = map.distinct
    ? `(select ${[...new Set(map.columns.map(({column}) => column.landing))].join(", ")}, min(_record) as _record from ${rows} where m${index} group by all)`
    : `${rows} where m${index}`;
  const cells = Object.entries(sourceColumns(name, config)).map(
    ([column, type]) => `cast(${values.get(column) ?? "null"} as ${SQL_TYPES[type]}) as ${identifier(column)}`
  );
  return `select ${cells.join(", ")}, ${literal(system)} as source_system, ${literal(file)} as source_file, _record as source_record
    from ${body}`;
}
