/** Rows that point at deals, with the deals' own key columns: joined once for each pair of tables. */
import type {FactTable} from "../slices/facts.js";
import {joinDeals} from "../slices/joinDeals.js";

const known = new WeakMap<FactTable, {deals: FactTable; joined: FactTable}>();

/** The rows with the deals' columns, so that the page's filters cut them. */
export function joinedTo(deals: FactTable, rows: FactTable): FactTable {
  const found = known.get(rows);
  if (found?.deals === deals) return found.joined;
  const joined = joinDeals(rows, deals);
  known.set(rows, {deals, joined});
  return joined;
}
