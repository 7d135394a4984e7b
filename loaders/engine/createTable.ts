import type {Engine} from "./engine.ts";

export type Cell = string | number | boolean | null | undefined;

/** Rows one statement carries. */
const ROWS_A_STATEMENT = 20_000;

/**
 * Creates the table `name` (schema.table) with `columns` as SQL and puts `rows` in; undefined becomes null. Cells go as JSON, a list
 * a column: as literals they cost the parser ten times as much, and taken out of lists a row they cost three times.
 */
export async function createTable(
  engine: Engine,
  name: string,
  columns: string,
  rows: readonly (readonly Cell[])[]
): Promise<void> {
  await engine.run(`create table ${name} (${columns})`);
  const width = rows[0]?.length ?? 0;
  const lists = Array.from({length: width}, (_, index) => `unnest(from_json($c${index}, '["VARCHAR"]'))`);
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const part = rows.slice(start, start + ROWS_A_STATEMENT);
    const values = lists.map((_, index) => [
      `c${index}`,
      JSON.stringify(part.map((row) => text(row[index])))
    ]);
    await engine.run(`insert into ${name} select ${lists.join(", ")}`, Object.fromEntries(values));
  }
}

function text(cell: Cell): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}
