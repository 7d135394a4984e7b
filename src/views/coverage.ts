/** The Coverage page: is there enough to win, by the firm's own record, and is the quarter on pace. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {Trend, type TrendRow} from "../components/charts/trend.js";
import {DataTable} from "../components/dataTable.js";
import {openDealPanel} from "../components/dealPanel.js";
import {count, date, money, multiple, sentence} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import {type CoverageFigures, LEAST_PAST, type Pace, type TakenRow} from "../figures/coverage.js";
import {median, stated} from "../slices/evaluate.js";
import {isoDay} from "../slices/facts.js";
import {definitionOf} from "./metricKpi.js";
import {type PageContext, undatedNote} from "./pageContext.js";
import {showStanding} from "./standingDeals.js";

/** Beyond this a coverage only says that the quarter is nearly over. */
const MOST_SHOWN = 12;

/** One sentence: coverage of what is left, and what the own record asks for. */
export function coverageAnswer({site}: PageContext, {pace}: CoverageFigures): Content | null {
  const {now, quota, conversion, quarter, unknown} = pace;
  if (unknown.open) return `What is open and due in ${quarter.label} is not known: ${unknown.open}.`;
  const strong = (text: string) => html`<strong>${text}</strong>`;
  const open = [strong(money(now.openDue / 100, site.currency)), ` is open and due in ${quarter.label}`];
  if (quota === null) return [...open, "; there is no quota to cover in this selection."];
  const left = quota - now.won;
  if (left <= 0) return ["The quota of ", quarter.label, " is reached; ", ...open, "."];
  const cover = now.openDue / left;
  if (conversion === null || conversion === 0)
    return [
      ...open,
      `, `,
      strong(multiple(cover)),
      " what is still to win; too few past quarters are known to say what is enough."
    ];
  const needed = 1 / conversion;
  return [
    `Open deals due in ${quarter.label} cover `,
    strong(multiple(cover)),
    ` the ${money(left / 100, site.currency)} still to win. At this point of past quarters it took `,
    strong(multiple(needed)),
    cover >= needed
      ? ", so there is enough."
      : `: ${money((left * needed - now.openDue) / 100, site.currency)} of pipeline is missing.`
  ];
}

/** Coverage, what the own record asks for, won to date and generated against the same day of past quarters. */
export function coverageKpis(context: PageContext, {pace, lists, taken}: CoverageFigures): HTMLElement {
  const {now, quota, noQuota, past, conversion, quarter, on, unknown} = pace;
  const {currency} = context.site;
  const scope = `${quarter.label}, as known at the end of ${date(isoDay(on))}`;
  const list = (title: string, kind: keyof typeof lists, cents: number) => () =>
    showStanding(context, lists[kind], {title, scope, value: cents / 100, unit: "money"});
  const left = quota === null ? null : quota - now.won;
  const usual = (key: Paced) =>
    past.length > 0 ? median(past.map(({point}) => point[key] ?? 0).sort((a, b) => a - b)) : null;
  const paced = (label: string, key: Paced) => {
    const cents = now[key] ?? 0;
    const before = usual(key);
    const note = key === "won" ? null : undatedNote(context.site, isoDay(on));
    return Kpi({
      label,
      value: unknown.money ? null : cents / 100,
      reason: sentence(unknown.money ?? ""),
      unit: "money",
      currency,
      how: definitionOf(context, key === "won" ? "pacing" : key),
      ...(note ? {note} : {}),
      n: {won: now.nWon, generated: now.nGenerated, qualified: now.nQualified}[key],
      ...(cents > 0 ? {onOpen: list(label, key, cents)} : {}),
      comparison: {
        value: before ? cents / before - 1 : null,
        unit: "ratio",
        label: `vs the median of ${count(past.length)} quarters on this day`,
        goodWhen: "up"
      }
    });
  };
  const cover = left !== null && left > 0 && !unknown.open ? now.openDue / left : null;
  const exact = (cents: number) => money(cents / 100, currency, {exact: true});
  const covers = {
    title: "Coverage of what is still to win",
    scope: `open and due in ${scope}`,
    value: cover,
    unit: "multiple",
    made:
      cover === null
        ? "open and due in the quarter"
        : `${exact(now.openDue)} / ${exact(left!)} still to win = ${multiple(cover)}`
  } as const;
  return kpiRow([
    Kpi({
      label: "Coverage of what is still to win",
      value: cover,
      unit: "multiple",
      n: now.nOpenDue,
      how: definitionOf(context, "coverage_left"),
      ...(now.nOpenDue > 0 ? {onOpen: () => showStanding(context, lists.openDue, covers)} : {}),
      reason:
        left !== null && left <= 0 ? "The quota is reached." : sentence((quota && unknown.open) || noQuota)
    }),
    Kpi({
      label: "Coverage needed",
      value: conversion ? 1 / conversion : null,
      unit: "multiple",
      n: taken.n,
      note: takenWords(pace.taken),
      how: definitionOf(context, "target_coverage"),
      ...(conversion ? {onOpen: () => showTaken(context, pace, taken)} : {}),
      reason: unknown.open
        ? sentence(unknown.open)
        : `Fewer than ${LEAST_PAST} finished quarters are known whole, or nothing was won in them after this day.`
    }),
    paced(`Won to date, ${quarter.label}`, "won"),
    now.qualified === null
      ? paced("Pipeline created in the quarter", "generated")
      : paced("Pipeline qualified in the quarter", "qualified")
  ]);
}

/** Opens the deals that were open on the day in past quarters, or were won after it: both columns' sums make the figure. */
function showTaken({site}: PageContext, {past, conversion}: Pace, {n, list}: CoverageFigures["taken"]): void {
  const {currency} = site;
  const sum = (key: "openDue" | "wonAfter") =>
    money(past.reduce((all, {point}) => all + point[key], 0) / 100, currency, {exact: true});
  const takes = 1 / conversion!;
  const link = ({deal_id}: TakenRow) => site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  openDealPanel<TakenRow>({
    title: "Coverage needed",
    figure: {value: takes, unit: "multiple"},
    scope: `Of the same day of ${count(past.length)} past quarters`,
    made: `${sum("openDue")} open and due / ${sum("wonAfter")} won after it = ${multiple(takes)}`,
    rows: list,
    columns: [
      {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "open", label: "Open and due", unit: "money", currency, total: true},
      {key: "wonAfter", label: "Won after", unit: "money", currency, total: true},
      {key: "quarter", label: "Quarter", unit: "text"},
      {key: "owner", label: "Owner then", unit: "text"}
    ],
    ...(n > list.length ? {notListed: n - list.length} : {})
  });
}

type Paced = "won" | "generated" | "qualified";

/** "In single quarters 1.3× to 5.1×; today's would have been enough in 1 of 8." */
function takenWords({n, least, most, enough}: CoverageFigures["pace"]["taken"]): string {
  if (n < LEAST_PAST || least === null) return "";
  const range = `${multiple(least)}${most === null ? " or more in single past quarters: in some nothing was won after this day" : ` to ${multiple(most)} in single past quarters`}`;
  return enough === null
    ? range
    : `${range}; today's coverage would have been enough in ${count(enough)} of ${count(n)}`;
}

/** Cumulative won by day: this quarter against the range and median of past ones, and the quota. */
export function PaceChart(
  context: PageContext,
  {pace, wonSoFar, usual: days, outFrom: out}: CoverageFigures
): HTMLElement {
  const {quarter, span, on, past, quota, now, unknown} = pace;
  const {currency} = context.site;
  const length = span.to - span.from + 1;
  const usual = days.map(
    ({value, lo, hi}, i): TrendRow => ({
      on: isoDay(span.from + i),
      ...{value: value / 100, lo: lo / 100, hi: hi / 100},
      n: past.length,
      series: "median"
    })
  );
  const rows: TrendRow[] = [
    ...usual,
    ...wonSoFar.map((cents, i) => ({on: isoDay(span.from + i), value: cents / 100, series: quarter.label}))
  ];
  const needed = quota === null ? 0 : quota - now.won;
  const left = money(needed / 100, currency);
  const isOut = out !== null && out < length && past.length >= LEAST_PAST;
  const since = `none of the last ${count(past.length)} quarters won the ${left} still to win`;
  const range = past.length > 0 ? `; grey: median and range of the last ${count(past.length)} quarters` : "";
  const note = !isOut
    ? null
    : out <= on - span.from + 1
      ? `Past quarters speak against reaching the quota: from this day on, ${since}.`
      : `If nothing more is won by ${date(isoDay(span.from + out))}, past quarters speak against reaching the quota: from that day on, ${since}.`;
  return Chart({
    title: "Won by day, against past quarters",
    subtitle: `Cumulative won in ${quarter.label}, ${currency}${range}`,
    rows: unknown.money ? [] : rows,
    ...(unknown.money
      ? {empty: {reason: sentence(unknown.money), action: "Export the deals with their amounts."}}
      : {}),
    columns: [
      {key: "series", label: "Quarter", unit: "text"},
      {key: "on", label: "Day", unit: "date"},
      {key: "value", label: "Won so far", unit: "money", currency},
      {key: "lo", label: "Least of past quarters", unit: "money", currency, missing: "does not apply"},
      {key: "hi", label: "Most of past quarters", unit: "money", currency, missing: "does not apply"}
    ],
    name: "pacing",
    how: definitionOf(context, "pacing"),
    note,
    render: (width) =>
      Trend({
        rows,
        width,
        unit: "money",
        currency,
        grain: "day",
        colours: usual.length > 0 ? [colour("lost"), colour("won")] : [colour("won")],
        ...(quota === null ? {} : {target: {value: quota / 100, label: "quota"}}),
        asOf: isoDay(on)
      })
  });
}

/** Coverage at the end of each week, and what the own record asked for at that week. */
export function CoverageByWeek(context: PageContext, {pace, weeks}: CoverageFigures): HTMLElement {
  const {quarter, on, past, unknown} = pace;
  const rows = (unknown.open ? [] : weeks).flatMap(({day, week, takes, coverage, nOpen}) => [
    {on: isoDay(day), week, value: takes, n: past.length, series: "needed"},
    ...(nOpen === null ? [] : [{on: isoDay(day), week, value: coverage, n: nOpen, series: "coverage"}])
  ]);
  const known = rows
    .filter(({value}) => value !== null && value <= MOST_SHOWN)
    .sort((a, b) => (a.series < b.series ? -1 : a.series === b.series ? a.week - b.week : 1));
  return Chart({
    title: "Coverage week by week, against what was needed",
    subtitle: `Open pipeline due in ${quarter.label} over what is still to win; needed: 1 / own conversion at that week of past quarters`,
    rows: known,
    columns: [
      {key: "week", label: "Week", unit: "count"},
      {key: "series", label: "Line", unit: "text"},
      {key: "value", label: "Coverage", unit: "multiple"}
    ],
    name: "coverage-by-week",
    how: definitionOf(context, "target_coverage"),
    empty: unknown.open
      ? {reason: sentence(unknown.open), action: "Export the deals with their amounts and close dates."}
      : {
          reason: "There is neither a quota for this selection nor enough finished quarters.",
          action: "Clear a filter, or map the quota table."
        },
    note: "Late in a quarter few of the deals still open are won in time, so the coverage needed rises.",
    render: (width) =>
      Trend({
        rows: known,
        width,
        unit: "multiple",
        grain: "day",
        colours: [...new Set(known.map(({series}) => series))].map((name) =>
          colour(name === "coverage" ? "open" : "lost")
        ),
        asOf: isoDay(on)
      })
  });
}

/** Each past quarter on the same day: what was won, open, generated, and what came after. */
export function PastQuarters(context: PageContext, {pace}: CoverageFigures): HTMLElement {
  const {past, on, span, unknown} = pace;
  const {currency} = context.site;
  const rows = (unknown.money ? [] : past).map(({quarter, point}) => ({
    quarter: quarter.label,
    won: point.won / 100,
    open: unknown.open && point.nOpenDue === 0 ? null : stated(point.openDue / 100, point.nOpenDue),
    after: point.wonAfter / 100,
    conversion: point.conversion,
    corrected: point.corrected / 100,
    generated: point.generated / 100,
    qualified: point.qualified === null ? null : point.qualified / 100,
    total: (point.won + point.wonAfter + point.corrected) / 100
  }));
  const amount = {unit: "money", currency, missing: "not known"} as const;
  return DataTable(
    rows.reverse(),
    [
      {key: "quarter", label: "Quarter", unit: "text"},
      {key: "won", label: "Won by then", ...amount},
      {key: "open", label: "Open and due", ...amount},
      {key: "after", label: "Won after", ...amount},
      {key: "conversion", label: "Won after / open", unit: "ratio"},
      ...(past.some(({point}) => point.corrected !== 0)
        ? [{key: "corrected", label: "Changes to what was won by then", ...amount} as const]
        : []),
      {key: "total", label: "Won in the end", ...amount},
      past.some(({point}) => point.qualified !== null)
        ? {key: "qualified", label: "Qualified by then", ...amount}
        : {key: "generated", label: "Created by then", ...amount}
    ],
    {
      caption: `Past quarters on the same day (day ${count(on - span.from + 1)})`,
      showCaption: true,
      empty: unknown.money
        ? {reason: sentence(unknown.money), action: "Export the deals with their amounts."}
        : {reason: "No finished quarter is known whole.", action: "The history has to reach further back."}
    }
  );
}
