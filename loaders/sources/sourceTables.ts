/** The tables of the `source` schema: canonical columns and types, custom attributes, and where each row came from. */
import type {Engine} from "../engine/engine.ts";
import {identifier, literal} from "../engine/sqlText.ts";
import {
  CANONICAL_TABLE_NAMES,
  type CanonicalTableName,
  type ColumnType,
  canonicalTable
} from "../workspace/canonicalTables.ts";
import type {Workspace} from "../workspace/schema.ts";
import type {ResolvedMap} from "./mappedColumns.ts";

const SQL_TYPES: Record<ColumnType, string> = {
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

/** Copies the rows of one map (number `index` of its file) from a landing table into its canonical table. */
export async function insertMap(
  engine: Engine,
  map: ResolvedMap,
  index: number,
  landing: string,
  origin: {system: string; file: string},
  config: Workspace
): Promise<void> {
  const values = new Map(map.columns.map(({name, column}) => [name, column.landing]));
  if (map.table === "deal" && !values.has("pipeline_id"))
    values.set("pipeline_id", literal(config.pipelines[0]!.id));
  const names = [...values.keys()].map(identifier);
  const cells = [...values].map(([name, cell]) => `${cell} as ${identifier(name)}`);
  const body = map.distinct
    ? `select ${cells.join(", ")}, min(_record) as _record from ${landing} where m${index} group by all`
    : `select ${cells.join(", ")}, _record from ${landing} where m${index}`;
  await engine.run(`insert into ${sourceTable(map.table)} (${names.join(", ")}, source_system, source_file, source_record)
    select ${names.join(", ")}, ${literal(origin.system)}, ${literal(origin.file)}, _record from (${body})`);
}
