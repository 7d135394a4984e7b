/** The deals behind what stands at the end of a day, as they were then: what a click on such a figure lists. */
import type {TableColumn} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import type {OpenList} from "../figures/openThen.js";
import type {Ranked} from "../figures/pageFigures.js";
import type {StandingRow} from "../figures/standing.js";
import {showDeals} from "./deals.js";
import type {PageContext} from "./pageContext.js";

/** Opens the panel with open deals: of the newest day as they are, of a past one as they stood then. */
export function showOpen(
  context: PageContext,
  {deals, stood}: OpenList,
  figure: {title: string; scope?: string; value: number | null; unit: "money" | "count"}
): void {
  if (stood) showStanding(context, stood, figure);
  else showDeals(context, deals, figure);
}

/** What a panel of deals as they stood says of a figure. */
export interface StandingFigure {
  title: string;
  scope?: string;
  value: number | null;
  unit: "money" | "count" | "multiple";
  /** How it comes of the deals, where it is no sum of them. */
  made?: string;
}

/** Opens the panel with the deals of a figure; their amounts, or their number, are checked against it where they add up to it. */
export function showStanding(
  {site}: PageContext,
  {n, list}: Ranked<StandingRow>,
  {title, scope, value, unit, made}: StandingFigure
): void {
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
    rows: list,
    columns: columns.filter(({key}) => list.some((row) => row[key] !== null)),
    ...(scope ? {scope} : {}),
    ...(made === undefined ? {} : {made, total: null}),
    ...(n > list.length ? {notListed: n - list.length} : {})
  });
}
