/** The Health page: what is wrong with open deals, what it is worth, and which to repair first. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {count, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import {PlainTable} from "../components/plainTable.js";
import type {FlagMoney, HealthFigures, MoneyOf, RepairRow} from "../figures/health.js";
import {evaluate} from "../slices/evaluate.js";
import {sumKnown} from "../slices/health.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

/** One sentence: how much of the open pipeline is in deals that need repair. */
export function healthAnswer(
  {site, facts}: PageContext,
  {filters}: Chosen,
  {critical, flagged}: HealthFigures
): Content | null {
  const open = evaluate("open_amount", site.catalogue, facts, {filters});
  if (!open.value) return null;
  // All open deals, also those without an amount.
  const nOpen = evaluate("n_open", site.catalogue, facts, {filters}).value ?? 0;
  const worth = (critical.cents ?? 0) / 100 / open.value;
  return [
    html`<strong>${percent(worth)}</strong>`,
    ` of the open pipeline is in deals that need repair now: `,
    html`<strong>${count(critical.deals.n)}</strong>`,
    ` of ${count(nOpen)}. ${count(nOpen - flagged.deals.n)} deals have no flag at all.`
  ];
}

/** Critical, any flag, overdue, silent: money and deals. */
export function healthKpis(context: PageContext, {flags, flagged, critical}: HealthFigures): HTMLElement {
  const {currency} = context.site;
  const figure = (label: string, {deals, cents}: MoneyOf, key: string) =>
    Kpi({
      label,
      // Of no deals the money is 0; of deals without an amount it is unknown.
      value: deals.n === 0 ? 0 : units(cents),
      reason: "None of these deals has an amount.",
      unit: "money",
      currency,
      n: deals.n,
      how: definitionOf(context, key),
      ...(deals.n > 0
        ? {
            onOpen: () =>
              showDeals(context, deals, {
                title: label,
                scope: "open on the as-of day",
                value: units(cents),
                unit: "money"
              })
          }
        : {})
    });
  const withFlag = (flag: string) => together(flags.filter((each) => each.flag === flag));
  return kpiRow([
    figure("With a critical flag", critical, "money_at_risk"),
    figure("With any flag", flagged, "money_at_risk"),
    figure("Close date has passed", withFlag("overdue"), "flags"),
    figure("Longer in stage than won deals", withFlag("stale"), "flags")
  ]);
}

/** Money behind each flag, critical apart; each bar lists its deals. */
export function FlagBars(context: PageContext, {flags}: HealthFigures): HTMLElement {
  const {currency} = context.site;
  const rows = flags.map(({label, severity, cents, deals}) => ({
    label,
    key: severity,
    value: units(cents),
    n: deals.n
  }));
  return Chart({
    title: "What is wrong, and what it is worth",
    subtitle: `Open amount of the deals with each flag, ${currency}; a deal with several flags is in several bars`,
    rows,
    columns: [
      {key: "label", label: "Flag", unit: "text"},
      {key: "key", label: "Severity", unit: "text"},
      {key: "value", label: "Open", unit: "money", currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "flags",
    how: definitionOf(context, "flags"),
    empty: {reason: "No open deal of this selection has a flag.", action: "Clear a filter to see others."},
    render: (width) =>
      BarRows({
        rows,
        keys: ["critical", "warning"],
        colours: [colour("wrong"), colour("warning")],
        missing: "no amount",
        width,
        unit: "money",
        currency,
        onSelect: (label) => {
          const found = flags.filter((each) => each.label === label);
          const {deals, cents} = together(found);
          showDeals(context, deals, {
            title: label,
            scope: found[0]!.rule,
            value: units(cents),
            unit: "money"
          });
        }
      })
  });
}

/** Deals to repair, the money at risk first; search, sort and CSV come with the table. */
export function RepairList({site}: PageContext, {repairs}: HealthFigures): HTMLElement {
  const link = (row: RepairRow) => site.dealUrl?.replace("{id}", encodeURIComponent(row.deal_id)) ?? null;
  const columns: TableColumn<RepairRow>[] = [
    {key: "deal", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
    {
      key: "amount",
      label: "At risk",
      unit: "money",
      currency: site.currency,
      total: true,
      missing: "no amount"
    },
    {key: "severity", label: "Severity", unit: "text"},
    {key: "first", label: "Do first", unit: "text"},
    {key: "flags", label: "Flags", unit: "text"},
    {key: "n", label: "Number", unit: "count"},
    {key: "owner", label: "Owner", unit: "text"},
    {key: "stage", label: "Stage", unit: "text"},
    {key: "close_on", label: "Close date", unit: "date"}
  ];
  return DataTable(repairs.list, columns, {
    of: repairs.n,
    caption: "Repair list: critical first, then by money at risk",
    showCaption: true,
    pageSize: 15,
    empty: {reason: "No open deal of this selection has a flag.", action: "Clear a filter to see others."}
  });
}

/** Every rule in words, and those that the exports cannot answer. */
export function Rules({rules}: HealthFigures): HTMLElement {
  return PlainTable(
    rules.map(({label, rule, repair, is_known, missing}) => ({
      label,
      rule: is_known ? rule : `${rule}. Not asked: ${missing.charAt(0).toLowerCase()}${missing.slice(1)}`,
      repair
    })),
    [
      {key: "label", label: "Flag", unit: "text"},
      {key: "rule", label: "When", unit: "text"},
      {key: "repair", label: "What to do", unit: "text"}
    ],
    {caption: "The rules"}
  );
}

/** Flags that count different deals, as one. */
function together(flags: readonly FlagMoney[]): MoneyOf {
  return {
    cents: sumKnown(flags.map(({cents}) => cents)),
    deals: {
      n: flags.reduce((sum, {deals}) => sum + deals.n, 0),
      rows: flags.flatMap(({deals}) => deals.rows)
    }
  };
}

function units(cents: number | null): number | null {
  return cents === null ? null : cents / 100;
}
