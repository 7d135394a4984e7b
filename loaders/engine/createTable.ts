import type {Engine} from "./engine.ts";
import {literal} from "./sqlText.ts";

export type Cell = string | number | boolean | null | undefined;

/** Rows one statement carries: longer ones take the parser more memory than time. */
const ROWS_A_STATEMENT = 2000;

/** Creates the table `name` (schema.table) with `columns` as SQL and puts `rows` in; undefined becomes null. */
export async function createTable(
  engine: Engine,
  name: string,
  columns: string,
  rows: readonly (readonly Cell[])[]
): Promise<void> {
  await engine.run(`create table ${name} (${columns})`);
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const values = rows
      .slice(start, start + ROWS_A_STATEMENT)
      .map((row) => `(${row.map(literal).join(", ")})`)
      .join(", ");
    await engine.run(`insert into ${name} values ${values}`);
  }
}
