/** What open deals were at the ends of past days: all that Health and Conformance ask of the deals' history. */
import type {FactColumn, FactTable} from "./facts.js";

/** Made by loaders/pages/standingData.ts. */
export interface StandingData {
  /** As the movement data has them, without amounts in other currencies; `deal` is a place in `rows`. */
  stretches: FactTable;
  /** The row of each deal in the page's table of deals; null of one that is not there, which is the next of `others`. */
  rows: (number | null)[];
  /** Names and slices of the others: deleted since, or in a part of single deals no longer its owner's. */
  others: FactTable;
}

const known = new WeakMap<StandingData, {deals: FactTable; joined: FactTable}>();

/** The deals of the stretches with their names and slices. */
export function standingDeals(data: StandingData, deals: FactTable): FactTable {
  const before = known.get(data);
  if (before?.deals === deals) return before.joined;
  const columns = Object.entries(data.others.columns).map(([name, rest]): [string, FactColumn] => [
    name,
    joinedColumn(data.rows, deals.columns[name], rest)
  ]);
  const joined = {n: data.rows.length, columns: Object.fromEntries(columns)};
  known.set(data, {deals, joined});
  return joined;
}

function joinedColumn(rows: StandingData["rows"], own: FactColumn | undefined, rest: FactColumn): FactColumn {
  const tell = <T>(known: readonly T[], others: readonly T[]) => {
    let next = 0;
    return rows.map((row) => (row === null ? others[next++] : known[row]) ?? null);
  };
  if (rest.kind === "key" && own?.kind === "key") {
    const words = [...new Set([...own.words, ...rest.words])];
    const place = rest.words.map((word) => words.indexOf(word));
    const codes = rest.codes.map((code) => (code === null ? null : place[code]!));
    return {kind: "key", words, codes: tell(own.codes, codes)};
  }
  if (rest.kind === "text" && own && own.kind === "text")
    return {kind: "text", values: tell(own.values, rest.values)};
  throw new Error("deals of past days have other columns than those of the page");
}
