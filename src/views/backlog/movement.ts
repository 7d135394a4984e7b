/** How the backlog moved: a bridge over the quarter, its level over time, and every quarter as a sum that comes out. */
import {Chart} from "../../components/chart.js";
import {Trend} from "../../components/charts/trend.js";
import {Waterfall, type WaterfallRow} from "../../components/charts/waterfall.js";
import {DataTable} from "../../components/dataTable.js";
import {date, money} from "../../components/format.js";
import type {Meaning} from "../../components/palette.js";
import type {BacklogFigures, BacklogRow} from "../../figures/backlog.js";
import {FLOWS, type Flow} from "../../slices/backlog/movement.js";
import {definitionOf} from "../metricKpi.js";
import type {PageContext} from "../pageContext.js";

export const FLOW_WORDS: Record<Flow, string> = {
  ordered: "Ordered",
  shipped: "Shipped",
  cancelled: "Cancelled",
  repriced: "Repriced",
  revalued: "Revalued by rates"
};
const MEANINGS: Record<Flow, Meaning> = {
  ordered: "won",
  shipped: "direct",
  cancelled: "lost",
  repriced: "warning",
  revalued: "direct"
};

/** Begin, what came and went, end, of the quarter chosen. */
export function BacklogBridge(
  context: PageContext,
  {quarters}: BacklogFigures,
  period: string | null
): HTMLElement {
  const {currency} = context.site;
  const quarter = quarters.find(({label}) => label === period) ?? quarters.at(-1);
  const rows = quarter ? bridge(quarter) : [];
  const change = quarter ? (quarter.end - quarter.begin) / 100 : 0;
  return Chart({
    title: quarter
      ? change === 0
        ? `The backlog is what it was before ${quarter.label}`
        : `The backlog ${change > 0 ? "grew" : "fell"} by ${money(Math.abs(change), currency)} in ${quarter.label}`
      : "How the backlog moved",
    subtitle: quarter
      ? `Orders not yet shipped, ${currency}, ${date(quarter.from)} to ${date(quarter.to)}${quarter.isWhole ? "" : ", not over yet"}`
      : `Orders not yet shipped, ${currency}`,
    rows,
    columns: [
      {key: "label", label: "Change", unit: "text"},
      {key: "value", label: "Amount", unit: "money", currency},
      {key: "n", label: "Orders", unit: "count", missing: "not counted"}
    ],
    name: "backlog-bridge",
    how: definitionOf(context, "backlog_movement"),
    note: "The bars between begin and end add up to the difference, to the cent; the build stops where they do not. Repriced is what shipments of a whole order came to above or below its amount; revalued what rates of exchange alone did.",
    empty: {reason: "There are no orders in this selection.", action: "Clear a filter."},
    render: (width) => Waterfall({rows, width, unit: "money", currency, noun: "orders"})
  });
}

function bridge(quarter: BacklogRow): WaterfallRow[] {
  const n: Record<Flow, number | null> = {
    ordered: quarter.nOrdered,
    shipped: null,
    cancelled: quarter.nCancelled,
    repriced: quarter.nRepriced,
    revalued: null
  };
  return [
    {label: "Begin", value: quarter.begin / 100, isLevel: true, meaning: "open"},
    ...FLOWS.filter((flow) => quarter[flow] !== 0 || flow === "ordered" || flow === "shipped").map(
      (flow) => ({
        label: FLOW_WORDS[flow],
        value: quarter[flow] / 100,
        n: n[flow],
        meaning: MEANINGS[flow]
      })
    ),
    {label: "End", value: quarter.end / 100, isLevel: true, meaning: "open"}
  ];
}

/** The level at the end of every month. */
export function BacklogTrend(context: PageContext, {months}: BacklogFigures): HTMLElement {
  const {currency} = context.site;
  const rows = months.map(({label, from, isWhole, end}) => ({
    on: from,
    label,
    value: end / 100,
    partial: !isWhole
  }));
  return Chart({
    title: trendTitle(months),
    subtitle: `Orders not yet shipped at the end of each month, ${currency}`,
    rows,
    columns: [
      {key: "label", label: "Month", unit: "text"},
      {key: "value", label: "Backlog at its end", unit: "money", currency}
    ],
    name: "backlog-by-month",
    how: definitionOf(context, "backlog"),
    render: (width) =>
      Trend({rows, width, unit: "money", currency, area: true, meaning: "open", noun: "orders"})
  });
}

function trendTitle(months: readonly BacklogRow[]): string {
  const last = months.at(-1);
  const before = months.at(-13);
  if (!last || !before || before.end <= 0) return "The backlog over time";
  const change = last.end / before.end - 1;
  if (Math.abs(change) < 0.02) return `The backlog is what it was at the end of ${before.label}`;
  return `The backlog is ${Math.round(Math.abs(change) * 100)}% ${change > 0 ? "larger" : "smaller"} than at the end of ${before.label}`;
}

/** Every quarter: begin and what moved make the end. */
export function BacklogQuarters(context: PageContext, {quarters, hasInvoices}: BacklogFigures): HTMLElement {
  const {currency} = context.site;
  const cash = {unit: "money", currency} as const;
  const rows = [...quarters].reverse().map((quarter) => ({
    label: quarter.isWhole ? quarter.label : `${quarter.label}, to ${date(quarter.to)}`,
    begin: quarter.begin / 100,
    ordered: quarter.ordered / 100,
    shipped: quarter.shipped / 100,
    cancelled: quarter.cancelled / 100,
    repriced: quarter.repriced / 100,
    revalued: quarter.revalued / 100,
    end: quarter.end / 100,
    billed: quarter.billed / 100
  }));
  return DataTable(
    rows,
    [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "begin", label: "Begin", ...cash},
      {key: "ordered", label: "Ordered", ...cash, total: true},
      {key: "shipped", label: "Shipped", ...cash, total: true},
      {key: "cancelled", label: "Cancelled", ...cash, total: true},
      {key: "repriced", label: "Repriced", ...cash, total: true},
      {key: "revalued", label: "Revalued", ...cash, total: true},
      {key: "end", label: "End", ...cash},
      ...(hasInvoices ? [{key: "billed", label: "Billed", ...cash, total: true} as const] : [])
    ],
    {
      caption: "Quarter by quarter: begin and what moved make the end",
      showCaption: true,
      search: false,
      pageSize: 8,
      empty: {reason: "There are no orders in this selection.", action: "Clear a filter."}
    }
  );
}
