/** The Overview: are we on track this quarter, what is there to win, and how well do we win. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {Columns} from "../components/charts/columns.js";
import {Trend} from "../components/charts/trend.js";
import {count, formatValue, money, percent, sentence} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {series} from "../slices/breakdown.js";
import {evaluate} from "../slices/evaluate.js";
import {outlookFor, type QuarterOutlook} from "../slices/outlook.js";
import {openExpected} from "./forecast/expected.js";
import {chanceWords, verdictOfChance} from "./forecast/words.js";
import {definitionOf, howOf, MetricKpi} from "./metricKpi.js";
import type {Chosen, PageContext} from "./pageContext.js";
import {hasPage, pageLink} from "./pageLinks.js";
import {hasFirmFigure, isPartOfFirm} from "./wholeFirm.js";

export interface OverviewContext extends PageContext {
  outlook: QuarterOutlook[];
}

const MONTHS_SHOWN = 24;
const QUARTERS_SHOWN = 12;

/** One sentence: will the quota be reached, how sure is that; and what is won so far. */
export function overviewAnswer(
  {site, facts, outlook}: OverviewContext,
  {filters, period}: Chosen
): Content | null {
  const figure = (key: string) => evaluate(key, site.catalogue, facts, {filters, period}).value;
  const won = figure("won_amount");
  if (won === null) return null;
  const strong = (value: number, unit: "money" | "ratio") =>
    html`<strong>${formatValue(value, unit, site.currency)}</strong>`;
  const attained = figure("quota_attainment");
  const open = evaluate("open_due", site.catalogue, facts, {filters, period}).value ?? 0;
  const isOver = site.asOf >= period.to;
  const quota = attained === null ? null : figure("quota_total");
  const ahead = isOver ? null : outlookFor(outlook, period.label, filters);
  const isJudged = ahead !== null && ahead.targetChance !== null && attained !== null;
  const isSure = isJudged && ahead.targetChance! >= 1;
  const parts: (string | Node)[] = isJudged
    ? [
        `Reaching the ${period.label} quota of ${money(quota, site.currency)} ${isSure ? "is " : `${verdictOfChance(ahead.targetChance!)} (`}`,
        html`<strong>${chanceWords(ahead.targetChance!, ahead.held)}</strong>`,
        isSure ? ". So far " : "). So far ",
        strong(won, "money"),
        " is won"
      ]
    : [isOver ? "Won " : "Won so far: ", strong(won, "money"), ` in ${period.label}`];
  if (attained !== null)
    parts.push(
      ", ",
      strong(attained, "ratio"),
      isJudged ? " of it" : ` of the ${money(quota, site.currency)} quota`
    );
  if (!isOver) parts.push(`, with ${percent(elapsed(period, site.asOf))} of the quarter gone`);
  if (ahead) return [...parts, ". ", ...aheadWords(ahead, site.currency)];
  const rate = figure("win_rate");
  if (rate !== null) parts.push(`; ${percent(rate)} of the deals closed were won`);
  if (!isOver && open > 0)
    parts.push(". ", strong(open, "money"), " more is open with a close date in the quarter");
  return [...parts, "."];
}

/** Share of the period's days that are over at the end of the day, 0..1. */
function elapsed({from, to}: {from: string; to: string}, asOf: string): number {
  const day = (iso: string) => Date.parse(iso) / 86_400_000;
  return Math.min(1, Math.max(0, (day(asOf) - day(from) + 1) / (day(to) - day(from) + 1)));
}

/** "Expected by its end: $2.2 M (80% band ..., which held in 9 of 12 past quarters)." */
function aheadWords({mean, low80, high80, held}: QuarterOutlook, currency: string): (string | Node)[] {
  const track =
    held.n >= 3
      ? `, which held in ${count(held.inside80)} of ${count(held.n)} past quarters`
      : "; too few past quarters to say how often it holds";
  const band = `${money(low80, currency)} to ${money(high80, currency)}`;
  const parts: (string | Node)[] = ["Expected by its end: ", html`<strong>${money(mean, currency)}</strong>`];
  return [...parts, ` (80% band ${band}${track}).`];
}

/** Won, expected (open pipeline where no forecast holds for what is chosen), coverage, win rate. */
export function overviewKpis(context: OverviewContext, chosen: Chosen): HTMLElement {
  const {site, facts} = context;
  const attained = evaluate("quota_attainment", site.catalogue, facts, chosen).value;
  const label = attained === null ? "Won" : `Won, ${percent(attained)} of quota`;
  return kpiRow([
    MetricKpi(context, "won_amount", chosen, {label, figure: "Won"}),
    Expected(context, chosen) ?? MetricKpi(context, "open_amount", chosen, {isTimeless: true}),
    ...(hasFirmFigure(context, "coverage", chosen)
      ? [MetricKpi(context, "coverage", chosen, {note: coverageNote(context, chosen)})]
      : []),
    MetricKpi(context, "win_rate", chosen, {note: "of deals closed, by number"})
  ]);
}

/** "$4.12 M open and due, $2.03 M still to win." */
function coverageNote({site, facts}: OverviewContext, {filters, period}: Chosen): string {
  const value = (key: string) => evaluate(key, site.catalogue, facts, {filters, period}).value;
  const [open, quota, won] = [value("open_due"), value("quota_total"), value("won_amount")];
  if (open === null || quota === null || won === null || won >= quota) return "";
  return `${money(open, site.currency)} open and due, ${money(quota - won, site.currency)} still to win`;
}

/** What the published forecast expects of the chosen quarter; null where there is none for it. */
function Expected({site, outlook}: OverviewContext, {period, filters}: Chosen): HTMLElement | null {
  const ahead = outlookFor(outlook, period.label, filters);
  if (!ahead) return null;
  const {label, mean, low80, high80, held, parts} = ahead;
  const {currency} = site;
  // Scores are of the quarter that holds the as-of day.
  const isScored = site.quarters.at(-1)?.label === label;
  const onOpen = () => openExpected(site, {label, mean, parts, currency, isScored});
  const card = Kpi({
    label: `Expected in ${label}`,
    value: mean,
    unit: "money",
    currency,
    note: `80% band ${money(low80, currency)} to ${money(high80, currency)}${held.n >= 3 ? `, held ${count(held.inside80)} of ${count(held.n)} times` : ""}`,
    how: definitionOf({site}, "forecast"),
    ...(parts.length > 0 ? {onOpen, n: parts.length, nLabel: "parts"} : {})
  });
  if (hasPage(site, "forecast"))
    card.querySelector(".weir-kpi-foot")?.prepend(pageLink(site, "forecast", "The forecast"));
  return card;
}

/** Won by fiscal month against quota: the chart that carries the answer. */
export function WonByMonth(context: PageContext, chosen: Chosen): HTMLElement {
  const {site, facts} = context;
  const months = site.months.filter(({from}) => from <= chosen.period.to).slice(-MONTHS_SHOWN);
  const won = series("won_amount", months, site.catalogue, facts, chosen);
  const quota = series("quota_total", months, site.catalogue, facts, chosen);
  const rows = won.map(({label, from, to, value, n}, index) => ({
    label,
    from,
    value,
    n,
    target: quota[index]!.n > 0 ? quota[index]!.value : null,
    partial: site.asOf < to
  }));
  const hasQuota = rows.some(({target}) => target !== null);
  return Chart({
    title: hasQuota ? "Won by month against quota" : "Won by month",
    subtitle: `Amount of deals won by close date, ${site.currency}${hasQuota ? "; the line is the month's share of quota" : ""}`,
    rows: rows.filter(({value}) => value !== null),
    columns: [
      {key: "label", label: "Month", unit: "text"},
      {key: "value", label: "Won", unit: "money", currency: site.currency, total: true},
      {key: "target", label: "Quota", unit: "money", currency: site.currency, missing: "no quota"},
      {key: "n", label: "Deals won", unit: "count", total: true}
    ],
    name: "won-by-month",
    how: howOf(
      context,
      "won_amount",
      {...chosen, period: months.at(-1) ?? chosen.period},
      "The last month drawn."
    ),
    ...(hasQuota || isPartOfFirm(site)
      ? {}
      : {note: "The exports hold no quota that this selection can be measured against."}),
    render: (width) => Columns({rows, width, unit: "money", currency: site.currency, targetLabel: "quota"})
  });
}

/** One metric over the quarters, as a line. */
export function MetricTrend(context: PageContext, key: string, chosen: Chosen, title: string): HTMLElement {
  const {site, facts} = context;
  const quarters = site.quarters.filter(({from}) => from <= chosen.period.from).slice(-QUARTERS_SHOWN);
  const rows = series(key, quarters, site.catalogue, facts, chosen).map(({label, from, to, value, n}) => ({
    label,
    on: from,
    value,
    n,
    partial: site.asOf < to
  }));
  const metric = site.catalogue.metrics[key]!;
  const {reason} = evaluate(key, site.catalogue, facts, chosen);
  return Chart({
    title,
    subtitle: `${metric.label}${metric.median ? " (median)" : ""} by quarter of closing`,
    rows: rows.some(({value}) => value !== null) ? rows : [],
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "value", label: metric.label, unit: metric.unit, currency: site.currency},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: key,
    how: howOf(context, key, chosen, "The last quarter drawn."),
    ...(reason ? {empty: {reason: sentence(reason), action: "Clear a filter."}} : {}),
    render: (width) => Trend({rows, width, unit: metric.unit, currency: site.currency, meaning: "won"})
  });
}
