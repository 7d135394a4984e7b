/** The Health page: what is wrong with open deals, what it is worth, and which to repair first. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {DataTable, type TableColumn} from "../components/dataTable.js";
import {count, date, named, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour, tint} from "../components/palette.js";
import type {PicksElement} from "../components/picks.js";
import {PlainTable} from "../components/plainTable.js";
import type {State} from "../figures/chosen.js";
import {
  type FlagMoney,
  type HealthFigures,
  healthPage,
  type MoneyOf,
  type RepairRow
} from "../figures/health.js";
import {figuresOf} from "../figures/pageFigures.js";
import {sumKnown} from "../slices/health.js";
import type {ChosenAsOf} from "./asOf.js";
import {comparedWith, type Earlier, earlier} from "./earlier.js";
import {joined} from "./forecast/words.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import type {Source} from "./source.js";
import {showOpen} from "./standingDeals.js";

/** Slices drawn; the table behind the chart has all. */
const MOST_DRAWN = 12;

/** One sentence: how much of the open pipeline is in deals that need repair. */
export function healthAnswer(
  {asOf}: ChosenAsOf,
  {open, critical, flagged, isToday, rules}: HealthFigures
): Content | null {
  if (open.n > 0 && !open.cents)
    return isToday
      ? `${count(critical.deals.n)} of ${count(open.n)} open deals have a critical flag; what they are worth is not known: none states an amount.`
      : `${count(critical.deals.n)} of ${count(open.n)} deals that were open at the end of ${date(asOf)} had a critical flag; what they were worth is not known: none stated an amount.`;
  if (!open.cents) return null;
  const worth = (critical.cents ?? 0) / open.cents;
  const unasked = rules.filter(({is_known, is_dated}) => is_known && !is_dated);
  return [
    html`<strong>${percent(worth)}</strong>`,
    isToday
      ? " of the open pipeline is in deals that need repair now: "
      : ` of the pipeline that was open at the end of ${date(asOf)} was in deals that needed repair: `,
    html`<strong>${count(critical.deals.n)}</strong>`,
    ` of ${count(open.n)} deals, those with a critical flag. ${count(open.n - flagged.deals.n)} deals ${isToday ? "have" : "had"} no flag at all.`,
    ...(isToday || unasked.length === 0
      ? []
      : [
          ` Not judged for a past day, because no history of it is known: ${unasked.map(({label}) => label.toLowerCase()).join(", ")}.`
        ])
  ];
}

/** Critical, any flag, overdue, silent: money and deals. */
export function healthKpis(
  context: PageContext,
  {asOf}: ChosenAsOf,
  figures: HealthFigures,
  before: Earlier<HealthBefore> | null
): HTMLElement {
  const {currency} = context.site;
  const figure = (
    label: string,
    found: MoneyOf,
    {key, of, unasked}: {key: string; of: (figures: HealthBefore) => number | null; unasked?: string | null}
  ) => {
    const {deals, cents} = found;
    return Kpi({
      label,
      value: unasked == null ? worth(found) : null,
      reason: unasked ?? "None of these deals has an amount.",
      unit: "money",
      currency,
      n: deals.n,
      how: definitionOf(context, key),
      ...comparedWith(before, of(figures), of, "money", "down"),
      ...(deals.n > 0
        ? {
            onOpen: () =>
              showOpen(context, found, {
                title: label,
                scope: `open at the end of ${date(asOf)}`,
                value: units(cents),
                unit: "money"
              })
          }
        : {})
    });
  };
  const withFlag = (flag: string) => {
    const of = ({flags}: HealthBefore) => together(flags.filter((each) => each.flag === flag));
    const rule = figures.rules.find((each) => each.flag === flag);
    const isDated = rule?.is_dated === true;
    // A rule that is not asked has no deals, which is not to say that none would have the flag.
    const unasked =
      rule && !rule.is_known ? rule.missing : rule && !figures.isToday && !isDated ? rule.undated : null;
    const told = (figures: HealthBefore) => (isDated ? worth(of(figures)) : null);
    return [of(figures), {key: "flags", of: told, unasked}] as const;
  };
  return kpiRow([
    figure("With a critical flag", figures.critical, {
      key: "money_at_risk",
      of: ({dated}) => units(dated.critical)
    }),
    figure("With any flag", figures.flagged, {key: "money_at_risk", of: ({dated}) => units(dated.flagged)}),
    figure("Close date has passed", ...withFlag("overdue")),
    figure("Longer in stage than won deals", ...withFlag("stale"))
  ]);
}

type HealthBefore = Pick<HealthFigures, "flags" | "dated">;

/** What changes leave out: rules of which no history is known. */
export function undatedRulesNote(
  {isToday, rules}: HealthFigures,
  before: Earlier<HealthBefore> | null
): Node | string {
  const unasked = rules.filter(({is_known, is_dated}) => is_known && !is_dated);
  if (!isToday || before?.figures == null || unasked.length === 0) return "";
  const labels = joined(unasked.map(({label}) => `“${label.toLowerCase()}”`));
  return html`<p class="weir-chart-note">Changes leave out ${labels}, which past days cannot be judged by: no history of ${unasked.length === 1 ? "it" : "them"} is known.</p>`;
}

/** The flags of the day that the pick asks for. */
export function healthBefore(
  source: Source,
  state: State,
  picked: PicksElement["value"]
): Promise<Earlier<HealthBefore> | null> {
  const {page, kinds, still} = healthPage;
  return earlier(source, state, picked, {
    since: source.site.flagsSince,
    of: (loaded, chosen) => figuresOf({page, kinds, still}, loaded, chosen)
  });
}

/** Of no deals the money is 0; of deals without an amount it is unknown. */
function worth({deals, cents}: MoneyOf): number | null {
  return deals.n === 0 ? 0 : units(cents);
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
    title: "What is wrong, and how much money it concerns",
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
          const all = together(found);
          showOpen(context, all, {
            title: label,
            scope: found[0]!.rule,
            value: units(all.cents),
            unit: "money"
          });
        }
      })
  });
}

/** The open pipeline of each slice by the gravest flag of its deals; a bar lists those flagged. */
export function HealthBySlice(
  context: PageContext,
  {cut}: ChosenAsOf,
  {open, bySlice: {n, list}}: HealthFigures
): HTMLElement {
  if (!cut) return html`<span></span>`;
  const {currency} = context.site;
  const label = cut.label.toLowerCase();
  const rows = list.slice(0, MOST_DRAWN).flatMap(({label, critical, warning, none}) => [
    {label, text: named(label, cut.label), key: "critical", value: critical},
    {label, text: named(label, cut.label), key: "warning", value: warning},
    {label, text: named(label, cut.label), key: "no flag", value: none}
  ]);
  return Chart({
    title: `Flags by ${label}`,
    subtitle: `Open amount by the most serious flag of each deal, ${currency}; most flagged first${n > MOST_DRAWN ? `; the first ${MOST_DRAWN} of ${count(n)}` : ""}`,
    rows: open.cents ? list : [],
    columns: [
      {key: "label", label: cut.label, unit: "text"},
      {key: "critical", label: "Critical", unit: "money", currency},
      {key: "warning", label: "Warning", unit: "money", currency},
      {key: "none", label: "No flag", unit: "money", currency},
      {key: "nOpen", label: "Open deals", unit: "count"}
    ],
    name: `health-by-${cut.key}`,
    how: definitionOf(context, "money_at_risk"),
    empty: {
      reason: `No ${open.n > 0 ? "open deal of this selection states an amount" : "deal of this selection is open"}.`,
      action: "Clear a filter to see others."
    },
    render: (width) =>
      BarRows({
        rows,
        keys: ["critical", "warning", "no flag"],
        colours: [colour("wrong"), colour("warning"), tint("lost", 0.4)],
        width,
        unit: "money",
        currency,
        order: "given",
        onSelect: (chosen) => {
          const {flagged} = list.find((each) => each.label === chosen)!;
          showOpen(context, flagged, {
            title: `With any flag: ${cut.label} ${named(chosen, cut.label)}`,
            value: units(flagged.cents),
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
    {key: "first", label: "Next action", unit: "text"},
    {key: "flags", label: "Flags", unit: "text"},
    {key: "owner", label: "Owner", unit: "text"},
    {key: "stage", label: "Stage", unit: "text"},
    {key: "close_on", label: "Close date", unit: "date"}
  ];
  return DataTable(repairs.list, columns, {
    of: repairs.n,
    caption: "Repair list: critical first, largest amount first",
    showCaption: true,
    pageSize: 15,
    empty: {reason: "No open deal of this selection has a flag.", action: "Clear a filter to see others."}
  });
}

/** Every rule in words, and those that the exports cannot answer. */
export function Rules({rules, isToday}: HealthFigures): HTMLElement {
  const small = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return PlainTable(
    rules.map(({label, rule, repair, is_known, missing, is_dated, undated}) => ({
      label,
      rule: !is_known
        ? `${rule}. Not judged: ${small(missing)}`
        : isToday || is_dated
          ? rule
          : `${rule}. Not judged for a past day: ${small(undated)}`,
      repair
    })),
    [
      {key: "label", label: "Flag", unit: "text"},
      {key: "rule", label: "When", unit: "text"},
      {key: "repair", label: "What to do", unit: "text"}
    ],
    {caption: "When a deal is flagged"}
  );
}

/** Flags that count different deals, as one. */
function together(flags: readonly FlagMoney[]): MoneyOf {
  const n = flags.reduce((sum, {deals}) => sum + deals.n, 0);
  const stood = flags.flatMap(({stood}) => stood?.list ?? []).sort((a, b) => b.amount - a.amount);
  return {
    cents: sumKnown(flags.map(({cents}) => cents)),
    deals: {n, rows: flags.flatMap(({deals}) => deals.rows)},
    ...(flags.some(({stood}) => stood) ? {stood: {n, list: stood}} : {})
  };
}

function units(cents: number | null): number | null {
  return cents === null ? null : cents / 100;
}
