/** The tables of the Marketing page: campaigns and kinds from cost to won, and the records to look at. */
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {count} from "../components/format.js";
import type {MarketingFrame} from "../figures/marketing.js";
import {acquisitionCost, type Maturity, maturity, returnOn} from "../slices/marketing/marketingData.js";
import {NO_CAMPAIGNS} from "./marketing.js";
import type {ShownMarketing} from "./marketingSource.js";
import type {PageContext} from "./pageContext.js";

interface TableRow {
  name: string;
  channel: string;
  kind: string;
  starts: string | null;
  standing: string;
  cost: number | null;
  touches: number | null;
  leads: number | null;
  deals: number;
  pipeline: number;
  open: number;
  won: number;
  wonMoney: number;
  toCome: number;
  end: number;
  back: number | null;
  projected: number | null;
  customerCost: number | null;
  influenced: number;
}

/** What a campaign's age means for its figures. */
const JUDGED: Record<Maturity, string> = {
  "no dates": "no dates",
  "to come": "not begun",
  running: "running",
  young: "too young",
  settled: "yes"
};

/** Every campaign, or every kind, from cost to won. */
export function CampaignTable(
  context: PageContext,
  {
    frame: {asOf, halfLifeDays, grossMargin},
    figures: {
      rows: {campaigns, kinds, total}
    }
  }: ShownMarketing,
  what: "campaign" | "kind"
): HTMLElement {
  const {currency} = context.site;
  const rows = what === "campaign" ? campaigns : kinds;
  const journey = halfLifeDays === null ? null : 2 * halfLifeDays;
  const cash = {unit: "money", currency} as const;
  const all: TableColumn<TableRow>[] = [
    {key: "name", label: what === "campaign" ? "Campaign" : "Kind", unit: "text"},
    {key: "channel", label: "Channel", unit: "text"},
    {key: "kind", label: "Kind", unit: "text"},
    {key: "starts", label: "Began", unit: "date", missing: "no dates"},
    {key: "standing", label: "Old enough to judge", unit: "text"},
    {key: "cost", label: "Cost", ...cash, total: true, missing: "not known"},
    {key: "wonMoney", label: "Won money", ...cash, total: true},
    {key: "back", label: "Return so far", unit: "ratio", missing: "no cost"},
    {key: "projected", label: "Return projected", unit: "ratio", missing: "no cost"},
    {key: "toCome", label: "Still to come", ...cash, total: true},
    {key: "deals", label: "Sourced deals", unit: "count", total: true},
    {key: "pipeline", label: "Their pipeline", ...cash, total: true},
    {key: "open", label: "Open", unit: "count", total: true},
    {key: "won", label: "Won", unit: "count", total: true},
    {key: "touches", label: "Touches", unit: "count", total: true, missing: "not known"},
    {key: "leads", label: "Leads", unit: "count", total: true, missing: "not known"},
    {key: "customerCost", label: "Cost a customer", ...cash, missing: "no cost or customer"},
    {key: "influenced", label: "Influenced, won", ...cash}
  ];
  const columns = all.filter(({key}) => what === "campaign" || !["starts", "kind", "standing"].includes(key));
  const table = rows.map((row): TableRow => {
    const end = row.sourcedWon + row.expected;
    return {
      name: row.name,
      channel: row.channel,
      kind: row.kind,
      starts: row.startsOn,
      standing: JUDGED[maturity(row, asOf, journey)],
      cost: row.cost,
      touches: row.nTouches,
      leads: row.nLeads,
      deals: row.nSourced,
      pipeline: row.sourcedPipeline,
      open: row.nOpen,
      won: row.nWon,
      wonMoney: row.sourcedWon,
      toCome: Math.round(row.expected),
      end,
      back: returnOn(row.cost, row.costed.sourcedWon, grossMargin),
      projected: returnOn(row.cost, row.costed.sourcedWon + row.costed.expected, grossMargin),
      customerCost: acquisitionCost(row),
      influenced: row.influencedWon
    };
  });
  return DataTable(table, columns, {
    caption: what === "campaign" ? newest(campaigns.length, total?.nCampaigns) : "Kinds of campaign, by cost",
    showCaption: true,
    pageSize: what === "campaign" ? 12 : 9,
    empty: NO_CAMPAIGNS
  });
}

function newest(listed: number, all = listed): string {
  return listed < all
    ? `Campaigns, the newest ${count(listed)} of ${count(all)}`
    : "Campaigns, the newest first";
}

/** Records that need a look, with their money and what was done with them. */
export function MarketingDoubts({site}: PageContext, {doubts}: MarketingFrame): HTMLElement {
  const rows = doubts.map((each) => ({...each, records: each.records.join(", ")}));
  return DataTable(
    rows,
    [
      {key: "doubt", label: "What", unit: "text"},
      {key: "n", label: "Records", unit: "count"},
      {key: "amount", label: "Money concerned", unit: "money", currency: site.currency, missing: "none"},
      {key: "treatment", label: "What was done", unit: "text"},
      {key: "records", label: "The first of them", unit: "text"}
    ],
    {
      caption: "Marketing records to look at",
      showCaption: true,
      pageSize: Math.max(2, rows.length),
      search: false,
      empty: {reason: "Every campaign has dates and a cost, and every touch came before its deal closed."}
    }
  );
}
