/** Where in the exports a finding comes from: whoever must hide its column has the whole firm's to look through. */
import type {Engine} from "../../engine/engine.ts";
import {identifier, literal} from "../../engine/sqlText.ts";
import type {Finding} from "./scanSite.ts";

/**
 * The first column, as `table.column`, in which a finding's text stands; an e-mail address may be a part of it. Of the exports in the schema
 * `source`: what workspace.yaml says, or a rejected cell, has none.
 */
export async function columnsOf(engine: Engine, findings: readonly Finding[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const sought = findings.filter(({kind}) => kind === "left out" || kind === "e-mail address");
  if (sought.length === 0) return found;
  const columns = await engine.rows<{table: string; column: string}>(
    `select table_name as "table", column_name as "column" from duckdb_columns()
     where database_name = 'memory' and schema_name = 'source' and data_type = 'VARCHAR'
     order by table_name, column_index`
  );
  for (const {table, column} of columns) {
    const left = sought.filter(({text}) => !found.has(text));
    if (left.length === 0) break;
    const rows = left.map(({kind, text}) => `(${literal(text)}, ${kind === "e-mail address"})`);
    const matches = await engine.rows<{text: string}>(
      `select text from (values ${rows.join(", ")}) as sought(text, is_part)
       where exists (select 1 from source.${identifier(table)}
         where case when is_part then contains(${identifier(column)}, text) else ${identifier(column)} = text end)`
    );
    for (const {text} of matches) found.set(text, `${table}.${column}`);
  }
  return found;
}
