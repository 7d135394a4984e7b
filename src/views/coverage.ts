/** The Coverage page: is there enough to win, by the firm's own record, and is the quarter on pace. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {Trend, type TrendRow} from "../components/charts/trend.js";
import {DataTable} from "../components/dataTable.js";
import {count, date, money, multiple} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import {evaluate, median} from "../slices/evaluate.js";
import {dayNumber, isoDay} from "../slices/facts.js";
import type {MovementData} from "../slices/movementData.js";
import {
  outOfReachFrom,
  ownConversion,
  type PastPoint,
  pastPoint,
  type Standing,
  type StandingKind,
  standing,
  standingDeals,
  wonByDay
} from "../slices/pacing.js";
import type {FiscalPeriod} from "../slices/site.js";
import {type DaySpan, type DealLife, daySpan, dealLives} from "../slices/stretches.js";
import type {ChosenAsOf} from "./asOf.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {showStanding} from "./standingDeals.js";

const PAST = 8;
const LEAST_PAST = 3;
/** Beyond this a coverage only says that the quarter is nearly over. */
const MOST_SHOWN = 12;

export interface Pace {
  quarter: FiscalPeriod;
  span: DaySpan;
  /** The day as of which it stands: the chosen one, at most the quarter's last. */
  on: number;
  now: Standing;
  lives: DealLife[];
  /** Cents; null when the selection has no quota. */
  quota: number | null;
  noQuota: string;
  /** Finished quarters before it that the data know whole, oldest first, at the same day. */
  past: {quarter: FiscalPeriod; point: PastPoint; days: number[]}[];
  conversion: number | null;
}

/** The chosen quarter on the chosen day, with the quarters before it at the same day. */
export function paceOf(context: PageContext, data: MovementData, {filters, period, day}: ChosenAsOf): Pace {
  const {site, facts} = context;
  const index = site.quarters.findIndex(({label}) => label === period.label);
  const quarter = site.quarters[index]!;
  const span = daySpan(quarter);
  const on = Math.min(day, span.to);
  const lives = dealLives(data.stretches, data.deals, filters);
  const since = dayNumber(data.since);
  const past = site.quarters
    .slice(0, index)
    .filter(({from}) => (data.isShortened ? dayNumber(from) >= since : dayNumber(from) > since))
    .slice(-PAST)
    .map((each) => ({
      quarter: each,
      point: pastPoint(lives, daySpan(each), on - span.from),
      days: wonByDay(lives, daySpan(each), daySpan(each).to)
    }));
  const quota = evaluate("quota_total", site.catalogue, facts, {filters, period: quarter});
  return {
    quarter,
    span,
    on,
    now: standing(lives, span, on),
    lives,
    quota: quota.value ? Math.round(quota.value * 100) : null,
    noQuota: quota.reason ?? "there is no quota for the quarter",
    past,
    conversion: past.length >= LEAST_PAST ? ownConversion(past.map(({point}) => point)) : null
  };
}

/** One sentence: coverage of what is left, and what the own record asks for. */
export function coverageAnswer({site}: PageContext, {now, quota, conversion, quarter}: Pace): Content | null {
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
      " what is left of the quota; too few past quarters are known to say what is enough."
    ];
  const needed = 1 / conversion;
  return [
    "What is left of the quota is covered ",
    strong(multiple(cover)),
    "; by this firm's own record from this day of a quarter it takes ",
    strong(multiple(needed)),
    cover >= needed
      ? ", so there is enough."
      : `, ${money((left * needed - now.openDue) / 100, site.currency)} more than is there.`
  ];
}

/** Coverage, what the own record asks for, won to date and generated against the same day of past quarters. */
export function coverageKpis(
  context: PageContext,
  data: MovementData,
  {now, quota, noQuota, past, conversion, quarter, lives, span, on}: Pace
): HTMLElement {
  const {currency} = context.site;
  const list = (title: string, kind: StandingKind, cents: number) => () =>
    showStanding(context, data, standingDeals(lives, span, on, kind), {
      title,
      scope: `${quarter.label}, as known at the end of ${date(isoDay(on))}`,
      value: cents / 100,
      unit: "money"
    });
  const left = quota === null ? null : quota - now.won;
  const usual = (key: "won" | "generated") =>
    past.length > 0 ? median(past.map(({point}) => point[key]).sort((a, b) => a - b)) : null;
  const paced = (label: string, key: "won" | "generated") => {
    const before = usual(key);
    return Kpi({
      label,
      value: now[key] / 100,
      unit: "money",
      currency,
      how: definitionOf(context, key === "won" ? "pacing" : "generated"),
      n: key === "won" ? now.nWon : now.nGenerated,
      ...(now[key] > 0 ? {onOpen: list(label, key, now[key])} : {}),
      comparison: {
        value: before ? now[key] / before - 1 : null,
        unit: "ratio",
        label: `vs the median of ${count(past.length)} quarters on this day`,
        goodWhen: "up"
      }
    });
  };
  return kpiRow([
    Kpi({
      label: "Coverage of what is left",
      value: left !== null && left > 0 ? now.openDue / left : null,
      unit: "multiple",
      n: now.nOpenDue,
      how: definitionOf(context, "coverage_left"),
      ...(now.nOpenDue > 0 ? {onOpen: list("Open and due", "openDue", now.openDue)} : {}),
      reason:
        left !== null && left <= 0
          ? "The quota is reached."
          : `${noQuota.charAt(0).toUpperCase()}${noQuota.slice(1)}.`
    }),
    Kpi({
      label: "Coverage it takes here",
      value: conversion ? 1 / conversion : null,
      unit: "multiple",
      n: past.length,
      nLabel: "quarters",
      how: definitionOf(context, "target_coverage"),
      reason: `Fewer than ${LEAST_PAST} finished quarters are known whole, or nothing was won in them after this day.`
    }),
    paced(`Won to date, ${quarter.label}`, "won"),
    paced("Pipeline created in the quarter", "generated")
  ]);
}

/** Cumulative won by day: this quarter against the range and median of past ones, and the quota. */
export function PaceChart(
  context: PageContext,
  {quarter, span, on, lives, past, quota, now}: Pace
): HTMLElement {
  const {currency} = context.site;
  const done = wonByDay(lives, span, on);
  const length = span.to - span.from + 1;
  const at = (days: readonly number[], i: number) => (days[Math.min(i, days.length - 1)] ?? 0) / 100;
  const usual = Array.from({length: past.length > 0 ? length : 0}, (_, i): TrendRow => {
    const values = past.map(({days}) => at(days, i)).sort((a, b) => a - b);
    return {
      on: isoDay(span.from + i),
      value: median(values),
      lo: values[0]!,
      hi: values.at(-1)!,
      n: past.length,
      series: "median of past quarters"
    };
  });
  const rows: TrendRow[] = [
    ...usual,
    ...done.map((cents, i) => ({on: isoDay(span.from + i), value: cents / 100, series: quarter.label}))
  ];
  const needed = quota === null ? 0 : quota - now.won;
  const out = outOfReachFrom(
    past.map(({days}) => days),
    needed,
    on - span.from + 1
  );
  const left = money(needed / 100, currency);
  const isOut = out !== null && out < length && past.length >= LEAST_PAST;
  const since = `none of the last ${count(past.length)} quarters won the ${left} that is left`;
  const range = past.length > 0 ? `The band is the range of the last ${count(past.length)} quarters.` : null;
  const note = !isOut
    ? range
    : out <= on - span.from + 1
      ? `By all experience the quota is out of reach: from this day on ${since}.`
      : `If nothing is won until ${date(isoDay(span.from + out))}, the quota is out of reach by all experience: from that day on ${since}.`;
  return Chart({
    title: "Won by day, against past quarters",
    subtitle: `Cumulative won in ${quarter.label}, ${currency}`,
    rows,
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
export function CoverageByWeek(
  context: PageContext,
  {quarter, span, on, lives, past, quota}: Pace
): HTMLElement {
  const weeks = Array.from({length: Math.ceil((span.to - span.from + 1) / 7)}, (_, i) =>
    Math.min(span.from + 7 * i + 6, span.to)
  );
  const rows: (TrendRow & {week: number})[] = weeks.flatMap((day, i) => {
    const points = past.map(({quarter: each}) => pastPoint(lives, daySpan(each), day - span.from));
    const conversion = past.length >= LEAST_PAST ? ownConversion(points) : null;
    const needed = {
      on: isoDay(day),
      week: i + 1,
      value: conversion ? 1 / conversion : null,
      n: past.length,
      series: "it takes"
    };
    if (quota === null || day > on) return [needed];
    const now = standing(lives, span, day);
    const left = quota - now.won;
    return [
      needed,
      {
        on: isoDay(day),
        week: i + 1,
        value: left > 0 ? now.openDue / left : null,
        n: now.nOpenDue,
        series: "coverage"
      }
    ];
  });
  const known = rows
    .filter(({value}) => value !== null && value <= MOST_SHOWN)
    .sort((a, b) => (a.series! < b.series! ? -1 : a.series === b.series ? a.week - b.week : 1));
  return Chart({
    title: "Coverage week by week, and what it takes",
    subtitle: `Open and due over what is left of the quota of ${quarter.label}; what it takes is 1 / own conversion at that week`,
    rows: known,
    columns: [
      {key: "week", label: "Week", unit: "count"},
      {key: "series", label: "Line", unit: "text"},
      {key: "value", label: "Coverage", unit: "multiple"}
    ],
    name: "coverage-by-week",
    how: definitionOf(context, "target_coverage"),
    empty: {
      reason: "There is neither a quota for this selection nor enough finished quarters.",
      action: "Clear a filter, or map the quota table."
    },
    note: "Late in a quarter little is open and most of what will be won is won, so what it takes rises.",
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
export function PastQuarters(context: PageContext, {past, on, span}: Pace): HTMLElement {
  const {currency} = context.site;
  const rows = past.map(({quarter, point}) => ({
    quarter: quarter.label,
    won: point.won / 100,
    open: point.openDue / 100,
    after: point.wonAfter / 100,
    conversion: point.conversion,
    generated: point.generated / 100,
    total: (point.won + point.wonAfter) / 100
  }));
  const amount = {unit: "money", currency} as const;
  return DataTable(
    rows.reverse(),
    [
      {key: "quarter", label: "Quarter", unit: "text"},
      {key: "won", label: "Won by then", ...amount},
      {key: "open", label: "Open and due", ...amount},
      {key: "after", label: "Won after", ...amount},
      {key: "conversion", label: "Of the open", unit: "ratio"},
      {key: "total", label: "Won in the end", ...amount},
      {key: "generated", label: "Created by then", ...amount}
    ],
    {
      caption: `Past quarters on day ${count(on - span.from + 1)}`,
      showCaption: true,
      empty: {reason: "No finished quarter is known whole.", action: "The history has to reach further back."}
    }
  );
}
