/** The Deals page: open deals and those closed in the last year, to be searched, sorted, filtered and opened. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {count, money} from "../components/format.js";
import type {DealLivesData} from "../slices/dealLives.js";
import {stated} from "../slices/evaluate.js";
import {cell} from "../slices/facts.js";
import {unpackedSite} from "../slices/parts.js";
import {groupRows, selectRows} from "../slices/select.js";
import type {Dimension, SiteData} from "../slices/site.js";
import {type DealRow, dealRows} from "./deals.js";
import type {Chosen, PageContext} from "./pageContext.js";

/** What this page alone can be asked for in its address. */
export const OWN_KEYS = ["deal", "outcome", "stage"];

interface ListedDeal extends DealRow {
  outcome: string;
  /** Null of a closed deal. */
  flags: number | null;
  chance: number | null;
}

/** The page's own deals, which can also be cut by outcome and stage. */
export function dealsContext(site: SiteData, {deals}: DealLivesData): PageContext {
  const all = [...Array(deals.n).keys()];
  const order = new Map(site.stages.map(({stage}, i) => [stage, i]));
  const dimension = (key: string, label: string): Dimension => ({
    key,
    label,
    values: [...groupRows(deals, all, key)]
      .map(([value, rows]) => ({value, n: rows.length}))
      .sort((a, b) => (order.get(a.value) ?? 0) - (order.get(b.value) ?? 0) || b.n - a.n)
  });
  const own = [dimension("outcome", "Outcome"), dimension("stage", "Stage")];
  return {
    site: {
      ...unpackedSite(site),
      dimensions: [...own.filter(({values}) => values.length > 1), ...site.dimensions]
    },
    facts: {deals}
  };
}

/** One sentence: how many deals, how many of them open, and how many of those have a flag. */
export function dealsAnswer(
  {site, facts}: PageContext,
  data: DealLivesData,
  {filters}: Chosen
): Content | null {
  const deals = facts["deals"]!;
  const rows = selectRows(deals, filters);
  if (rows.length === 0) return null;
  const open = rows.filter((row) => cell(deals, "outcome", row) === "open");
  const worth = open.reduce((sum, row) => sum + Number(cell(deals, "open_amount", row)), 0);
  const worthOf =
    stated(worth, open.length) === null
      ? ", none of which states an amount"
      : ` worth ${money(worth, site.currency)}`;
  const flags = flagCounts(data);
  // Of a large firm the page holds the largest and the newest: what it counts is said to be of these.
  const isPart = data.nWhole > data.deals.n;
  return [
    ...(isPart ? [`Of the ${count(data.deals.n)} deals listed here, the largest and the newest: `] : []),
    html`<strong>${count(open.length)}</strong>`,
    ` open ${open.length === 1 ? "deal" : "deals"}${worthOf}, `,
    html`<strong>${count(open.filter((row) => flags.has(row)).length)}</strong>`,
    ` of them with a flag, and ${count(rows.length - open.length)} closed in the last twelve months.`
  ];
}

/** All deals of the selection; a row opens the deal's life. */
export function DealsTable(
  context: PageContext,
  data: DealLivesData,
  {filters}: Chosen,
  onOpen: (dealId: string) => void
): HTMLElement {
  const {site} = context;
  const rows = selectRows(data.deals, filters);
  const flags = flagCounts(data);
  const chances = new Map(data.chances.map(({deal, p_quarter}) => [deal, p_quarter]));
  const listed = dealRows(context, rows).map(
    (deal, i): ListedDeal => ({
      ...deal,
      outcome: String(cell(data.deals, "outcome", rows[i]!)),
      flags: deal.closed_on === null ? (flags.get(rows[i]!) ?? 0) : null,
      chance: chances.get(rows[i]!) ?? null
    })
  );
  const order = new Map(site.stages.map(({stage, order}) => [stage, order]));
  const optional: TableColumn<ListedDeal>[] = [
    {key: "owner", label: "Owner", unit: "text"},
    {key: "close_on", label: "Close date", unit: "date"},
    {key: "chance", label: "Chance this quarter", unit: "ratio", missing: "not forecast"},
    {key: "account_name", label: "Customer", unit: "text"},
    {key: "age_days", label: "Age", unit: "days", missing: "closed"},
    {key: "stage_days", label: "In stage", unit: "days", missing: "closed or unknown"},
    {key: "closed_on", label: "Closed", unit: "date", missing: "open"}
  ];
  const columns: TableColumn<ListedDeal>[] = [
    {key: "deal_name", label: "Deal", unit: "text"},
    {key: "amount", label: "Amount", unit: "money", currency: site.currency, missing: "none stated"},
    {key: "outcome", label: "Outcome", unit: "text"},
    {key: "stage", label: "Stage", unit: "text", sortValue: ({stage}) => order.get(stage ?? "") ?? null},
    {key: "flags", label: "Flags", unit: "count", missing: "closed"},
    ...optional.filter(({key}) => listed.some((deal) => deal[key] !== null))
  ];
  const cut = data.nWhole - data.deals.n;
  const table = DataTable(listed, columns, {
    caption: "Open deals, and those closed in the last twelve months",
    showCaption: true,
    search: true,
    pageSize: 16,
    sort: {key: "amount", descending: true},
    onRow: ({deal_id}) => onOpen(deal_id),
    empty: {
      reason: "No deal of this selection is open or was closed in the last twelve months.",
      action: "Clear a filter."
    }
  });
  const left =
    cut > 0
      ? html`<p class="weir-chart-note">${count(cut)} more are not listed: the page holds the ${count(data.deals.n)} largest open deals and those closed last. The mart deals has all.</p>`
      : null;
  return html`<div>${table}${left}</div>`;
}

function flagCounts({flags}: DealLivesData): Map<number, number> {
  const counts = new Map<number, number>();
  for (let row = 0; row < flags.n; row++) {
    const deal = Number(cell(flags, "deal", row));
    counts.set(deal, (counts.get(deal) ?? 0) + 1);
  }
  return counts;
}
