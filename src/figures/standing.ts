/** Deals as they stood at the end of a day, and the lives that say so. */
import {cell, type FactTable, isoDay} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {type DealLife, dealLives, type State} from "../slices/stretches.js";
import {type Asked, type Ranked, ranked} from "./pageFigures.js";

/** A deal (row of the movement data's deals) in the state that counts. */
export interface Standing {
  deal: number;
  state: State;
}

export interface StandingRow {
  deal_id: string;
  deal_name: string;
  amount: number;
  stage: string | null;
  due_on: string | null;
  owner: string | null;
  account_name: string | null;
}

/** Worked out once for each filters of the same stretches: all that a page asks of them. */
const known = new WeakMap<FactTable, WeakMap<object, DealLife[]>>();

/** Deals and the stretches of their lives. */
export type Lives = Pick<MovementData, "deals" | "stretches">;

/** The lives of the selection's deals. */
export function livesOf(
  {files, chosen: {filters}}: Pick<Asked, "files" | "chosen">,
  data: Lives = files["movement"]
): DealLife[] {
  const byFilters = known.get(data.stretches) ?? new WeakMap<object, DealLife[]>();
  known.set(data.stretches, byFilters);
  const found = byFilters.get(filters) ?? dealLives(data.stretches, data.deals, filters);
  byFilters.set(filters, found);
  return found;
}

/** Deals as they were then, the largest first. */
export function standingRows(data: Lives, standing: readonly Standing[]): Ranked<StandingRow> {
  const words = (column: string, deal: number) => cell(data.deals, column, deal) as string | null;
  const rows = standing.map(
    ({deal, state}): StandingRow => ({
      deal_id: words("deal_id", deal)!,
      deal_name: words("deal_name", deal)!,
      amount: state.cents / 100,
      stage: state.stage,
      due_on: state.dueOn === null ? null : isoDay(state.dueOn),
      owner: cell(data.stretches, "owner", state.row) as string | null,
      account_name: words("account_name", deal)
    })
  );
  return ranked(rows.sort((a, b) => b.amount - a.amount));
}
