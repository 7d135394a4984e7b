/** Gives rows that point at deals the deals' own key columns, so that the same filters cut them. */
import type {FactColumn, FactTable} from "./facts.js";

/** `rows` has a number column `deal`: the row of the deal in `deals`. Columns of its own are kept. */
export function joinDeals(rows: FactTable, deals: FactTable): FactTable {
  const pointer = rows.columns["deal"];
  if (pointer?.kind !== "number") throw new Error("no column that points at deals");
  const joined = Object.entries(deals.columns).flatMap(([name, column]): [string, FactColumn][] =>
    column.kind === "key" && !(name in rows.columns)
      ? [
          [
            name,
            {
              kind: "key",
              words: column.words,
              codes: pointer.values.map((deal) => column.codes[deal!] ?? null)
            }
          ]
        ]
      : []
  );
  return {n: rows.n, columns: {...Object.fromEntries(joined), ...rows.columns}};
}
