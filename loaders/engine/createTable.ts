import type {Engine} from "./engine.ts";

export type Cell = string | number | boolean | null | undefined;

/** Rows one statement carries. */
const ROWS_A_STATEMENT = 20_000;

/**
 * Creates the table `name` (schema.table) with `columns` as SQL and puts `rows` in; undefined becomes null. Rows go as JSON:
 * as a list of literals they cost the parser ten times as much.
 */
export async function createTable(
  engine: Engine,
  name: string,
  columns: string,
  rows: readonly (readonly Cell[])[]
): Promise<void> {
  await engine.run(`create table ${name} (${columns})`);
  const cells = rows[0]?.map((_, index) => `r[${index + 1}]`).join(", ");
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const part = rows
      .slice(start, start + ROWS_A_STATEMENT)
      .map((row) => row.map((cell) => (cell === null || cell === undefined ? null : String(cell))));
    await engine.run(
      `insert into ${name} select ${cells} from (select unnest(from_json($rows, '[["VARCHAR"]]')) as r)`,
      {rows: JSON.stringify(part)}
    );
  }
}
