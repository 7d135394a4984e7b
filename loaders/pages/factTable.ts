/** A query's rows as a fact table: the compact form pages add up. */
import type {FactColumn, FactTable} from "../../src/slices/facts.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import type {Engine} from "../engine/engine.ts";
import {identifier} from "../engine/sqlText.ts";

/**
 * Reads the named columns of a relation in a stable order. Text columns become codes unless listed in `text` (ids and
 * names that hardly repeat); DECIMAL(18,2) becomes whole cents; dates become day numbers.
 */
export async function factTable(
  engine: Engine,
  relation: string,
  {columns, text = [], orderBy}: {columns: readonly string[]; text?: readonly string[]; orderBy: string}
): Promise<FactTable> {
  const types = await engine.rows<{column_name: string; column_type: string}>(
    `describe select * from ${relation}`
  );
  const typeOf = new Map(types.map(({column_name, column_type}) => [column_name, column_type]));
  const selected = columns.map((name) => `${expression(name, typeOf.get(name))} as ${identifier(name)}`);
  const data = await engine.columns(`select ${selected.join(", ")} from ${relation} order by ${orderBy}`);
  const encoded = columns.map((name): [string, FactColumn] => [
    name,
    encode(data[name] ?? [], typeOf.get(name)!, text.includes(name))
  ]);
  return {n: data[columns[0]!]?.length ?? 0, columns: Object.fromEntries(encoded)};
}

function expression(name: string, type: string | undefined): string {
  if (!type) throw new Error(`no column ${name}`);
  const column = identifier(name);
  if (type.startsWith("DECIMAL")) return `cast(${column} * 100 as double)`;
  if (type === "DATE") return `${column}::varchar`;
  if (type === "BIGINT" || type === "HUGEINT") return `cast(${column} as double)`;
  if (type === "TIMESTAMP") return `cast(${column} as date)::varchar`;
  return type === "BOOLEAN" ? `cast(${column} as integer)` : column;
}

function encode(values: unknown[], type: string, isText: boolean): FactColumn {
  if (type.startsWith("DECIMAL"))
    return {
      kind: "cents",
      values: values.map((value) => (value === null ? null : Math.round(value as number)))
    };
  if (type === "DATE" || type === "TIMESTAMP")
    return {kind: "day", values: values.map((value) => (value === null ? null : dayNumber(value as string)))};
  if (type !== "VARCHAR") return {kind: "number", values: values as (number | null)[]};
  if (isText) return {kind: "text", values: values as (string | null)[]};
  const words = [...new Set(values.filter((value) => value !== null) as string[])].sort();
  const codes = new Map(words.map((word, index) => [word, index]));
  return {
    kind: "key",
    words,
    codes: values.map((value) => (value === null ? null : codes.get(value as string)!))
  };
}
