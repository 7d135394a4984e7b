import type {Engine} from "../engine/engine.ts";

/** Rows that come as one JSON text a column. */
const ROWS_A_TEXT = 50_000;

/**
 * Columns of texts of a relation, by a column that numbers its rows from 0. They come as JSON lists: taken cell by cell, a text costs the
 * database's driver five times as much.
 */
export async function readTexts(
  engine: Engine,
  relation: string,
  number: string,
  columns: readonly string[]
): Promise<(string | null)[][]> {
  const lists = columns.map((column, index) => `to_json(list(${column} order by ${number})) as c${index}`);
  const parts = await engine.rows<Record<string, string>>(
    `select ${lists.join(", ")} from ${relation}
     group by ${number} // ${ROWS_A_TEXT} order by ${number} // ${ROWS_A_TEXT}`
  );
  return columns.map((_, index) =>
    parts.flatMap((part) => JSON.parse(part[`c${index}`]!) as (string | null)[])
  );
}
