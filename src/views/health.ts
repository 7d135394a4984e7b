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
import {evaluate} from "../slices/evaluate.js";
import {cell, type FactTable} from "../slices/facts.js";
import {flagTotals, type HealthData, type Repair, repairList, sumKnown} from "../slices/health.js";
import {joinDeals} from "../slices/joinDeals.js";
import {showDeals} from "./deals.js";
import {definitionOf} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";

/** The data with the deals' own columns, so that the page's filters cut it. */
export function healthOf(data: HealthData, deals: FactTable): HealthData {
  return {...data, flags: joinDeals(data.flags, deals)};
}

/** One sentence: how much of the open pipeline is in deals that need repair. */
export function healthAnswer(
  {site, facts}: PageContext,
  data: HealthData,
  {filters}: Chosen
): Content | null {
  const open = evaluate("open_amount", site.catalogue, facts, {filters});
  if (!open.value) return null;
  // All open deals, also those without an amount.
  const nOpen = evaluate("n_open", site.catalogue, facts, {filters}).value ?? 0;
  const repairs = repairList(data, filters);
  const critical = repairs.filter(({isCritical}) => isCritical);
  const worth = total(critical) / open.value;
  return [
    html`<strong>${percent(worth)}</strong>`,
    ` of the open pipeline is in deals that need repair now: `,
    html`<strong>${count(critical.length)}</strong>`,
    ` of ${count(nOpen)}. ${count(nOpen - repairs.length)} deals have no flag at all.`
  ];
}

/** Critical, any flag, overdue, silent: money and deals. */
export function healthKpis(context: PageContext, data: HealthData, {filters}: Chosen): HTMLElement {
  const {currency} = context.site;
  const repairs = repairList(data, filters);
  const totals = flagTotals(data, filters);
  const figure = (label: string, deals: readonly number[], cents: number | null, key: string) =>
    Kpi({
      label,
      // Of no deals the money is 0; of deals without an amount it is unknown.
      value: deals.length === 0 ? 0 : units(cents),
      reason: "None of these deals has an amount.",
      unit: "money",
      currency,
      n: deals.length,
      how: definitionOf(context, key),
      ...(deals.length > 0
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
  const listed = (label: string, list: readonly Repair[]) =>
    figure(
      label,
      list.map(({deal}) => deal),
      sumKnown(list.map(({cents}) => cents)),
      "money_at_risk"
    );
  const flagged = (label: string, flag: string) => {
    const found = totals.filter(({rule}) => rule.flag === flag);
    const cents = sumKnown(found.map((each) => each.cents));
    return figure(
      label,
      found.flatMap(({deals}) => deals),
      cents,
      "flags"
    );
  };
  return kpiRow([
    listed(
      "With a critical flag",
      repairs.filter(({isCritical}) => isCritical)
    ),
    listed("With any flag", repairs),
    flagged("Close date has passed", "overdue"),
    flagged("Longer in stage than won deals", "stale")
  ]);
}

/** Money behind each flag, critical apart; each bar lists its deals. */
export function FlagBars(context: PageContext, data: HealthData, {filters}: Chosen): HTMLElement {
  const {currency} = context.site;
  const totals = flagTotals(data, filters).filter(({deals}) => deals.length > 0);
  const rows = totals.map(({rule, severity, cents, deals}) => ({
    label: rule.label,
    key: severity,
    value: units(cents),
    n: deals.length
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
        width,
        unit: "money",
        currency,
        onSelect: (label) => {
          const found = totals.filter(({rule}) => rule.label === label);
          showDeals(
            context,
            found.flatMap(({deals}) => deals),
            {
              title: label,
              scope: found[0]!.rule.rule,
              value: units(sumKnown(found.map(({cents}) => cents))),
              unit: "money"
            }
          );
        }
      })
  });
}

interface RepairRow {
  deal_id: string;
  deal: string;
  amount: number | null;
  severity: string;
  first: string;
  flags: string;
  n: number;
  owner: string | null;
  stage: string | null;
  close_on: string | null;
}

/** Deals to repair, the money at risk first; search, sort and CSV come with the table. */
export function RepairList(context: PageContext, data: HealthData, {filters}: Chosen): HTMLElement {
  const {site, facts} = context;
  const deals = facts["deals"]!;
  const text = (column: string, row: number) => cell(deals, column, row) as string | null;
  const rows = repairList(data, filters).map(
    ({deal, cents, isCritical, flags, first}): RepairRow => ({
      deal_id: text("deal_id", deal)!,
      deal: text("deal_name", deal)!,
      amount: units(cents),
      severity: isCritical ? "critical" : "warning",
      first,
      flags: flags.join("; "),
      n: flags.length,
      owner: text("owner", deal),
      stage: text("stage", deal),
      close_on: text("close_on", deal)
    })
  );
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
  return DataTable(rows, columns, {
    caption: "Repair list: critical first, then by money at risk",
    showCaption: true,
    pageSize: 15,
    empty: {reason: "No open deal of this selection has a flag.", action: "Clear a filter to see others."}
  });
}

/** Every rule in words, and those that the exports cannot answer. */
export function Rules({rules}: HealthData): HTMLElement {
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

function total(repairs: readonly Repair[]): number {
  return repairs.reduce((sum, {cents}) => sum + (cents ?? 0), 0) / 100;
}

function units(cents: number | null): number | null {
  return cents === null ? null : cents / 100;
}
