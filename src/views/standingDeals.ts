/** The deals behind what stands at the end of a day, as they were then: what a click on such a figure lists. */
import type {TableColumn} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import {cell, isoDay} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import type {State} from "../slices/stretches.js";
import type {PageContext} from "./pageContext.js";

/** A deal (row of the movement data's deals) in the state that counts. */
export interface Standing {
  deal: number;
  state: State;
}

interface StandingRow {
  deal_id: string;
  deal_name: string;
  amount: number;
  stage: string | null;
  due_on: string | null;
  owner: string | null;
  account_name: string | null;
}

/** Opens the panel with the deals of a figure; their amounts, or their number, are checked against it. */
export function showStanding(
  {site}: PageContext,
  data: MovementData,
  standing: readonly Standing[],
  {title, scope, value, unit}: {title: string; scope: string; value: number | null; unit: "money" | "count"}
): void {
  const words = (column: string, deal: number) => cell(data.deals, column, deal) as string | null;
  const rows = standing
    .map(
      ({deal, state}): StandingRow => ({
        deal_id: words("deal_id", deal)!,
        deal_name: words("deal_name", deal)!,
        amount: state.cents / 100,
        stage: state.stage,
        due_on: state.dueOn === null ? null : isoDay(state.dueOn),
        owner: cell(data.stretches, "owner", state.row) as string | null,
        account_name: words("account_name", deal)
      })
    )
    .sort((a, b) => b.amount - a.amount);
  const link = (row: StandingRow) => site.dealUrl?.replace("{id}", encodeURIComponent(row.deal_id)) ?? null;
  const columns: TableColumn<StandingRow>[] = [
    {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
    {key: "amount", label: "Amount then", unit: "money", currency: site.currency, total: true},
    {key: "stage", label: "Stage then", unit: "text"},
    {key: "due_on", label: "Close date then", unit: "date"},
    {key: "owner", label: "Owner then", unit: "text"},
    {key: "account_name", label: "Customer", unit: "text"}
  ];
  openDealPanel({
    title,
    figure: {value, unit, currency: site.currency},
    rows,
    columns: columns.filter(({key}) => rows.some((row) => row[key] !== null)),
    scope
  });
}
