/** Open deals by name, for choosing one to force. */
import {cell} from "../slices/facts.js";
import type {ScenarioInput} from "./input.js";
import {rowOf} from "./levers/selected.js";

export interface FoundDeal {
  id: string;
  name: string;
  /** Base currency; 0 when it says none. */
  amount: number;
}

/** The largest that match. */
const MOST_FOUND = 200;

/** Open deals whose name holds a text (all for ""), the largest first; of a large firm's, those that are known by name. */
export function findDeals({deals}: ScenarioInput, text: string): FoundDeal[] {
  const wanted = text.toLowerCase();
  const [ids, names] = [deals.columns["deal_id"], deals.columns["deal_name"]];
  if (ids?.kind !== "text") return [];
  const rows: number[] = [];
  for (let row = 0; row < deals.n; row++)
    if (
      ids.values[row] != null &&
      (!wanted || (names?.kind === "text" && names.values[row]?.toLowerCase().includes(wanted)))
    )
      rows.push(row);
  const amounts = deals.columns["amount"];
  const amountOf = (row: number) => (amounts?.kind === "cents" ? (amounts.values[row] ?? 0) : 0);
  return rows
    .sort((a, b) => amountOf(b) - amountOf(a) || a - b)
    .slice(0, MOST_FOUND)
    .map((row) => foundAt({deals}, row));
}

/** Deals by id; those that are not open in this data are left out. */
export function dealsById(input: ScenarioInput, ids: readonly string[]): FoundDeal[] {
  return ids.flatMap((id) => {
    const row = rowOf(input).get(id);
    return row === undefined ? [] : [foundAt(input, row)];
  });
}

function foundAt({deals}: Pick<ScenarioInput, "deals">, row: number): FoundDeal {
  return {
    id: String(cell(deals, "deal_id", row)),
    name: String(cell(deals, "deal_name", row)),
    amount: Number(cell(deals, "amount", row) ?? 0)
  };
}
