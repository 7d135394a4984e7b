/** The scored deals behind a sum of expected money, of chances or of money in doubt, in a panel whose rows come to it. */
import type {TableColumn} from "../../components/dataTable.js";
import {openDealPanel} from "../../components/dealPanel.js";
import type {ScoredDeal} from "../../slices/dealScores.js";
import type {SiteData} from "../../slices/site.js";

/** The column that adds up to the figure. */
export type AddedUp = "expected" | "p_quarter" | "doubtful";

export interface ScoredSum {
  adds: AddedUp;
  list: readonly ScoredDeal[];
  title: string;
  currency: string;
  /** Of the quarter. */
  label: string;
}

const SCOPES: Record<AddedUp, string> = {
  expected: "Each deal's chance times what it closes at if won",
  p_quarter: "The chances of all deals, added up: each is a part of a win",
  doubtful: "What of the amount stated for the quarter, or beyond the usual, is not expected"
};

/** Opens the panel, the deals that add most first. */
export function openScored(site: SiteData, {adds, list, title, currency, label}: ScoredSum): void {
  const cash = {unit: "money", currency} as const;
  const link = ({deal_id}: ScoredDeal) => site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  const rows = [...list].sort((a, b) => (b[adds] ?? 0) - (a[adds] ?? 0));
  const cents = rows.reduce((sum, row) => sum + (row[adds] ?? 0), 0);
  const isCount = adds === "p_quarter";
  const total = isCount ? Math.round(10 * cents) / 10 : Math.round(100 * cents) / 100;
  const columns: TableColumn<ScoredDeal>[] = [
    {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
    {key: "p_quarter", label: `Chance in ${label}`, unit: "ratio"},
    ...(isCount
      ? []
      : [{key: adds, label: adds === "expected" ? "Expected" : "In doubt", ...cash, total: true} as const]),
    {key: "amount", label: "Amount", ...cash, missing: "none stated"},
    {key: "stage", label: "Stage", unit: "text"},
    {key: "close_on", label: "Close date", unit: "date", missing: "none"},
    {key: "owner", label: "Owner", unit: "text"}
  ];
  openDealPanel({
    title,
    figure: {value: total, unit: isCount ? "count" : "money", currency},
    rows,
    columns: isCount ? columns : [columns[0]!, columns[2]!, columns[1]!, ...columns.slice(3)],
    total,
    scope: SCOPES[adds]
  });
}
