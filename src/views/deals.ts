/** The deals behind a figure, in a panel whose sum is checked against it. */

import type {TableColumn} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import type {Unit} from "../components/format.js";
import {rowObjects} from "../slices/facts.js";
import type {PageContext} from "./pageContext.js";

export interface DealRow {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  owner: string | null;
  stage: string | null;
  amount: number | null;
  created_on: string | null;
  close_on: string | null;
  closed_on: string | null;
  age_days: number | null;
  stage_days: number | null;
  cycle_days: number | null;
}

const FIELDS = [
  "deal_id",
  "deal_name",
  "account_name",
  "owner",
  "stage",
  "created_on",
  "close_on",
  "closed_on",
  "age_days",
  "stage_days",
  "cycle_days"
];
const AMOUNTS = ["open_amount", "won_amount", "lost_amount"];

/** Rows of the deals fact table as deals; amount is the deal's own, whatever its outcome, and null when unknown. */
export function dealRows({facts}: PageContext, rows: readonly number[]): DealRow[] {
  const table = facts["deals"]!;
  return rowObjects(table, rows, [...FIELDS, ...AMOUNTS, "is_amount_unknown"]).map((row) => ({
    ...row,
    amount:
      row["is_amount_unknown"] === 1
        ? null
        : AMOUNTS.reduce((sum, column) => sum + ((row[column] as number | null) ?? 0), 0)
  })) as unknown as DealRow[];
}

/** Columns of a table of deals; those that no row fills are left out. */
export function dealColumns(
  {site}: PageContext,
  rows: readonly DealRow[],
  kind: "open" | "closed"
): TableColumn<DealRow>[] {
  const link = (row: DealRow) => site.dealUrl?.replace("{id}", encodeURIComponent(row.deal_id)) ?? null;
  const order = new Map(site.stages.map(({stage, order}) => [stage, order]));
  const columns: TableColumn<DealRow>[] = [
    {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
    {key: "amount", label: "Amount", unit: "money", currency: site.currency, total: true},
    {key: "stage", label: "Stage", unit: "text", sortValue: (row) => order.get(row.stage ?? "") ?? null},
    {key: "account_name", label: "Customer", unit: "text"},
    {key: "owner", label: "Owner", unit: "text"},
    ...(kind === "open"
      ? ([
          {key: "close_on", label: "Close date", unit: "date"},
          {key: "age_days", label: "Age", unit: "days"},
          {key: "stage_days", label: "In stage", unit: "days"}
        ] as TableColumn<DealRow>[])
      : ([
          {key: "closed_on", label: "Closed", unit: "date"},
          {key: "cycle_days", label: "Cycle", unit: "days"}
        ] as TableColumn<DealRow>[]))
  ];
  return columns.filter(({key}) => rows.some((row) => row[key] !== null));
}

/** Opens the panel with the deals of a figure. */
export function showDeals(
  context: PageContext,
  rows: readonly number[],
  {title, scope, value, unit}: {title: string; scope?: string; value: number | null; unit: Unit}
): void {
  const deals = dealRows(context, rows);
  const isOpen = deals.every((deal) => deal.closed_on === null);
  openDealPanel({
    title,
    figure: {value, unit, currency: context.site.currency},
    rows: deals,
    columns: dealColumns(context, deals, isOpen ? "open" : "closed"),
    ...(scope ? {scope} : {})
  });
}
