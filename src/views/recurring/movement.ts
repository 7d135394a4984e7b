/** ARR from the beginning of the quarter to its end, who moved it, and ARR month by month. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {Columns} from "../../components/charts/columns.js";
import {Trend} from "../../components/charts/trend.js";
import {Waterfall, type WaterfallRow} from "../../components/charts/waterfall.js";
import {DataTable} from "../../components/dataTable.js";
import {date, money, month as monthWord} from "../../components/format.js";
import {colour, type Meaning} from "../../components/palette.js";
import {monthStart} from "../../slices/months.js";
import {ARR_LINES, type ArrLine, type ArrMonth} from "../../slices/recurring/arrMonths.js";
import {definitionOf} from "../metricKpi.js";
import {LINE_LABELS, listRows, movedColumns, movedRows, type Recurring, signedLine} from "./context.js";

const MEANINGS: Record<ArrLine, Meaning> = {
  new: "won",
  reactivation: "won",
  expansion: "won",
  step: "direct",
  contraction: "warning",
  churn: "lost"
};
const CUSTOMERS = ["customer", "customers"] as const;

/** Begin, every line that moved anything, end. */
export function ArrBridge(shown: Recurring): HTMLElement {
  const {context, figures, currency, period} = shown;
  const {bridge, byProduct, nLines, before, on} = figures;
  const lines = bridge ? ARR_LINES.filter((line) => bridge[line] !== 0) : [];
  const rows: WaterfallRow[] = bridge
    ? [
        {label: `ARR on ${date(before)}`, value: bridge.begin / 100, isLevel: true, meaning: "open"},
        ...lines.map((line) => ({
          label: LINE_LABELS[line],
          value: signedLine(bridge, line) / 100,
          n: nLines[line],
          meaning: MEANINGS[line]
        })),
        {
          label: `ARR on ${date(on)}`,
          value: bridge.end / 100,
          isLevel: true,
          n: figures.nCustomers,
          meaning: "open"
        }
      ]
    : [];
  const lineOf = new Map(lines.map((line) => [LINE_LABELS[line], line]));
  return Chart({
    title: "What changed recurring revenue",
    subtitle: `ARR, ${currency}, ${period}; all days at the rates of ${date(figures.asOf)}`,
    rows,
    columns: [
      {key: "label", label: "Change", unit: "text"},
      {key: "value", label: "ARR", unit: "money", currency},
      {key: "n", label: "Customers", unit: "count"}
    ],
    name: "arr-bridge",
    how: definitionOf(context, "net_new_arr"),
    note: html`<span>${bridge ? identity(bridge, currency) : ""} A customer is in one line a month. ${twoWays(shown, byProduct)} Select a bar to list its customers.</span>`,
    empty: {
      reason: "No contract of this selection had begun by then.",
      action: "Choose a later quarter, or clear a filter."
    },
    render: (width) =>
      Waterfall({
        ...{rows, width, currency},
        unit: "money",
        noun: "customers",
        onSelect: (label) => {
          if (!bridge) return;
          const line = lineOf.get(label);
          listRows(shown, movedRows(shown, line), movedColumns(currency), {
            title: line ? label : "Net new ARR",
            scope: `customers whose ARR moved in ${period}`,
            value: (line ? signedLine(bridge, line) : bridge.end - bridge.begin) / 100,
            unit: "money",
            noun: CUSTOMERS,
            n: line ? nLines[line] : figures.moved.n
          });
        }
      })
  });
}

/** The sum in figures: what stood, what came, what went, what stands. */
function identity(bridge: ArrMonth, currency: string): string {
  const say = (cents: number) => money(cents / 100, currency, {exact: true});
  const parts = ARR_LINES.filter((line) => bridge[line] !== 0).map((line) => {
    const cents = signedLine(bridge, line);
    return ` ${cents < 0 ? "\u2212" : "+"} ${say(Math.abs(cents))} ${LINE_LABELS[line].toLowerCase()}`;
  });
  return `${say(bridge.begin)}${parts.join("")} = ${say(bridge.end)}.`;
}

function twoWays({figures: {bridge}, currency}: Recurring, {up, down}: {up: number; down: number}): string {
  if (!bridge || (up === bridge.expansion && down === bridge.contraction)) return "";
  const say = (cents: number) => money(cents / 100, currency);
  return `Counted product by product, where one given up is not set against another taken, expansion is ${say(up)} and contraction ${say(down)}.`;
}

/** Customers whose ARR moved in the quarter, the largest change first. */
export function MovedCustomers(shown: Recurring): HTMLElement {
  const {figures, currency, period} = shown;
  return DataTable(movedRows(shown), movedColumns(currency), {
    of: figures.moved.n,
    caption: `Customers whose ARR moved in ${period}`,
    showCaption: true,
    pageSize: 8,
    empty: {reason: "No customer's ARR moved.", action: "Choose another quarter, or clear a filter."}
  });
}

/** Customers by what they bring, with what they brought a year before. */
export function TopCustomers({figures, currency}: Recurring): HTMLElement {
  const {standing, bridge, nCustomers, on, asOf} = figures;
  const all = bridge?.end ?? 0;
  const rows = standing.list.map(({cents, before, ...each}) => ({
    ...each,
    arr: cents / 100,
    share: cents / all,
    before: before / 100,
    change: (cents - before) / 100
  }));
  return DataTable(
    rows,
    [
      {key: "name", label: "Customer", unit: "text"},
      {key: "arr", label: "ARR", unit: "money", currency, total: true},
      {key: "share", label: "Of all", unit: "ratio"},
      {key: "change", label: "In a year", unit: "money", currency},
      {key: "before", label: "A year before", unit: "money", currency},
      // What is next to end is known of today alone.
      ...(on === asOf
        ? [{key: "ends" as const, label: "Next end", unit: "date" as const, missing: "none, or renewed"}]
        : []),
      {key: "since", label: "Customer since", unit: "date"},
      {key: "region", label: "Region", unit: "text", missing: "none"},
      {key: "segment", label: "Segment", unit: "text", missing: "none"}
    ],
    {
      of: nCustomers,
      caption: `Customers by ARR on ${date(on)}, the largest first`,
      showCaption: true,
      pageSize: 8,
      empty: {reason: "No customer had ARR by then.", action: "Choose a later quarter, or clear a filter."}
    }
  );
}

/** ARR at the end of each month. */
export function ArrByMonth({context, figures, currency}: Recurring): HTMLElement {
  const {months, asOf} = figures;
  const rows = months.map((each) => ({
    ...each,
    label: monthWord(monthStart(each.month)),
    on: monthStart(each.month),
    value: each.end / 100,
    n: each.nCustomers,
    partial: isPartial(each.month, asOf),
    net: (each.end - each.begin) / 100,
    ...Object.fromEntries(ARR_LINES.map((line) => [`of_${line}`, signedLine(each, line) / 100]))
  }));
  return Chart({
    title: "Recurring revenue month by month",
    subtitle: `ARR at the end of each month, ${currency}`,
    rows,
    columns: [
      {key: "label", label: "Month", unit: "text"},
      {key: "value", label: "ARR at its end", unit: "money", currency},
      {key: "net", label: "Net new", unit: "money", currency},
      ...ARR_LINES.map((line) => ({
        key: `of_${line}` as "net",
        label: LINE_LABELS[line],
        unit: "money" as const,
        currency
      })),
      {key: "n", label: "Customers", unit: "count"}
    ],
    name: "arr-by-month",
    how: definitionOf(context, "arr"),
    note: isPartial(months.at(-1)?.month ?? 0, asOf) ? `The last month is not over: ${date(asOf)}.` : "",
    render: (width) => Columns({rows, width, unit: "money", currency, meaning: "open", noun: "customers"})
  });
}

/** What each month gained and lost. */
export function GainedAndLost({context, figures, currency}: Recurring): HTMLElement {
  const {months, asOf} = figures;
  const of = (series: string, cents: (each: ArrMonth) => number) =>
    months.map((each) => ({
      series,
      on: monthStart(each.month),
      value: cents(each) / 100,
      partial: isPartial(each.month, asOf)
    }));
  const rows = [
    ...of("gained", (each) => each.new + each.reactivation + each.expansion + Math.max(0, each.step)),
    ...of("lost", (each) => each.contraction + each.churn + Math.max(0, -each.step))
  ];
  return Chart({
    title: "Gained and lost, month by month",
    subtitle: `New, back and expanded against contracted and churned ARR, ${currency}`,
    rows,
    columns: [
      {key: "on", label: "Month", unit: "date"},
      {key: "series", label: "What", unit: "text"},
      {key: "value", label: "ARR", unit: "money", currency}
    ],
    name: "arr-gained-lost",
    how: definitionOf(context, "net_new_arr"),
    render: (width) =>
      Trend({
        rows,
        width,
        unit: "money",
        currency,
        colours: [colour("won"), colour("lost")],
        noun: "customers"
      })
  });
}

function isPartial(month: number, asOf: string): boolean {
  return asOf < monthStart(month + 1) && asOf !== lastDay(month);
}

function lastDay(month: number): string {
  return new Date(Date.parse(monthStart(month + 1)) - 86_400_000).toISOString().slice(0, 10);
}
