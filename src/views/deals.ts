/** The deals behind a figure, in a panel whose sum is checked against it. */

import type {TableColumn} from "../components/dataTable.js";
import {type DealPanelProps, openDealPanel, openWhenRead} from "../components/dealPanel.js";
import type {Unit} from "../components/format.js";
import type {DealList} from "../figures/pageFigures.js";
import {countOf, rowObjects} from "../slices/facts.js";
import {type Filters, selectRows} from "../slices/select.js";
import type {PageContext} from "./pageContext.js";

export interface DealRow {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  owner: string | null;
  stage: string | null;
  amount: number | null;
  weighted: number | null;
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
  return rowObjects(table, rows, [...FIELDS, ...AMOUNTS, "is_amount_unknown", "weighted_amount"]).map(
    (row) => ({
      ...row,
      weighted: row["weighted_amount"],
      amount:
        row["is_amount_unknown"] === 1
          ? null
          : AMOUNTS.reduce((sum, column) => sum + ((row[column] as number | null) ?? 0), 0)
    })
  ) as unknown as DealRow[];
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

/** What the panel says of a figure; `n` and `within` are of figures by a dimension that the cells are not cut by. */
export interface ShownFigure {
  title: string;
  scope?: string;
  value: number | null;
  unit: Unit;
  /** Deals behind it, where that is not the number that `rows` stand for. */
  n?: number;
  /** What adds up to the figure, where that is not the amount. */
  sumOf?: "weighted";
  /** How it comes of the deals, where it is no sum. */
  made?: string;
  /** Filters that deals of the rows must pass besides. */
  within?: Filters;
}

/** Opens the panel with the deals of a figure; of a large firm with the largest of them and the sum of the others. */
export function showDeals(
  context: PageContext,
  deals: readonly number[] | DealList,
  figure: ShownFigure
): void {
  if ("n" in deals) {
    const facts = context.listed ? {deals: context.listed} : context.facts;
    const listed = dealRows({...context, facts}, deals.rows);
    openDealPanel(panelOf(context, listed, figure, deals.n - listed.length));
  } else if (context.cells) void showLargest(context, deals, figure);
  else openDealPanel(panelOf(context, dealRows(context, deals), figure));
}

/** The largest deals that rows of cells stand for, the largest first. */
export async function largestDeals(
  context: PageContext,
  rows: readonly number[],
  within: Filters = {}
): Promise<DealRow[]> {
  const {deals, cellOf} = await context.cells!.largest();
  const wanted = new Set(rows);
  const found = selectRows(deals, within).filter((row) => wanted.has(cellOf[row]!));
  return dealRows({...context, facts: {deals}}, found).sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0));
}

async function showLargest(
  context: PageContext,
  rows: readonly number[],
  figure: ShownFigure
): Promise<void> {
  const n = figure.n ?? countOf(context.facts["deals"]!, rows);
  const {title, scope, value, unit} = figure;
  await openWhenRead(
    {title, figure: {value, unit, currency: context.site.currency}, ...(scope ? {scope} : {})},
    async () => {
      const listed = await largestDeals(context, rows, figure.within);
      return panelOf(context, listed, figure, n - listed.length);
    }
  );
}

function panelOf(
  {site}: PageContext,
  deals: readonly DealRow[],
  {title, scope, value, unit, sumOf, made}: ShownFigure,
  notListed = 0
): DealPanelProps<DealRow> {
  const isOpen = deals.every((deal) => deal.closed_on === null);
  const columns = dealColumns({site, facts: {}}, deals, isOpen ? "open" : "closed");
  const weighted: TableColumn<DealRow>[] = [
    {key: "weighted", label: "Weighted", unit: "money", currency: site.currency, total: true}
  ];
  const cents = (sum: number, row: DealRow) => sum + Math.round((row.weighted ?? 0) * 100);
  return {
    title,
    figure: {value, unit, currency: site.currency},
    rows: deals,
    columns: sumOf
      ? columns.flatMap((column) => (column.key === "amount" ? [column, ...weighted] : [column]))
      : columns,
    ...(sumOf ? {total: deals.reduce(cents, 0) / 100} : made ? {total: null} : {}),
    ...(scope ? {scope} : {}),
    ...(made ? {made} : {}),
    ...(notListed > 0 ? {notListed} : {})
  };
}
