/** Win rates as curves by age, and the four win rates people mean when they say one. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {type DotRow, Dots} from "../components/charts/dots.js";
import {HeatGrid} from "../components/charts/heatGrid.js";
import {Survival} from "../components/charts/survival.js";
import {count, days, percent, sentence} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import type {ConversionFigures, CountedRate, WonCurve} from "../figures/conversion.js";
import {incidenceAt} from "../slices/aalenJohansen.js";
import {lateWords} from "../slices/evaluate.js";
import type {ChosenAsOf} from "./asOf.js";
import {lateNote} from "./conversion.js";
import {showDeals} from "./deals.js";
import {definitionOf, howOf, MetricKpi} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** One sentence: the win rate of what closes against what becomes of what is created. */
export function conversionAnswer(
  {period}: ChosenAsOf,
  {years, broad: {rate}, late}: ConversionFigures
): Content | null {
  if (rate === null) return null;
  const before = years.find(({label}) => label === "the year before");
  const point = before && incidenceAt(before.won, before.knownTo);
  return [
    "Of the deals closed in ",
    period.label,
    ", ",
    html`<strong>${percent(rate)}</strong>`,
    late ? ` of those that came to ${late.from.join(" or ")} were won` : " were won",
    ...(before && point
      ? [
          "; of the deals created 12 to 24 months ago, ",
          html`<strong>${percent(point.share)}</strong>`,
          ` have been won${halfWords(before)}`
        ]
      : []),
    "."
  ];
}

/** How long the wins took: their median with its interval, or nothing for too few. */
function halfWords({half}: WonCurve): string {
  if (!half) return "";
  return `, half of them within ${days(half.median)} (95% interval ${days(half.lo)} to ${days(half.hi)})`;
}

/** By count, by amount, narrow, and of the deals created in the period. */
export function winRateKpis(
  context: PageContext,
  chosen: ChosenAsOf,
  figures: ConversionFigures
): HTMLElement {
  const {made, late} = figures;
  const rates = {
    win_rate: {rate: figures.broad, note: "by number of deals closed"},
    win_rate_amount: {rate: figures.amount, note: "by amount of deals closed"},
    win_rate_narrow: {rate: figures.narrow, note: "without deals lost to no decision"}
  };
  return kpiRow([
    ...Object.entries(rates).map(([key, {rate, note}]) =>
      late ? LateRate(context, chosen, {key, rate, from: late.from}) : MetricKpi(context, key, chosen, {note})
    ),
    Kpi({
      label: "Win rate of deals created, so far",
      value: made.point?.share ?? null,
      unit: "ratio",
      n: made.n,
      nLabel: "deals created",
      ...(made.half ? {note: `half of the wins within ${days(made.half.median)}`} : {}),
      how: definitionOf(context, "win_rate_cohort"),
      reason: late ? sentence(lateWords(late)) : "Fewer than ten deals were created in the period.",
      ...(made.won.n > 0
        ? {
            onOpen: () =>
              showDeals(context, made.won, {
                title: "Win rate of deals created, so far",
                scope: `${count(made.won.n)} won of ${count(made.n)} created in ${chosen.period.label}; deals still open are counted as not decided yet, not as lost`,
                value: made.point?.share ?? null,
                unit: "ratio"
              })
          }
        : {})
    })
  ]);
}

/** A win rate of the deals that came to where they have what the page is filtered by. */
function LateRate(
  context: PageContext,
  chosen: ChosenAsOf,
  {key, rate: {rate, n, reason, deals}, from}: {key: string; rate: CountedRate; from: string[]}
): HTMLElement {
  const {period} = chosen;
  // The metric's query counts all that closed.
  const how = {...howOf(context, key, chosen), sql: null};
  const came = from.length > 0 ? `of deals that came to ${from.join(" or ")}, or were won` : "";
  const scope = `closed in ${period.label}${came && `, ${came}`}`;
  return Kpi({
    label: how.label,
    value: rate,
    unit: "ratio",
    n,
    how,
    ...(came ? {note: came} : {}),
    ...(reason ? {reason: sentence(reason)} : {}),
    ...(deals && deals.n > 0
      ? {onOpen: () => showDeals(context, deals, {title: how.label, scope, value: rate, unit: "ratio"})}
      : {})
  });
}

function lateEmpty(late: {key: string; from: string[]}): {reason: string; action: string} {
  return {
    reason: `${sentence(lateWords(late))} Of those created, nobody knows how many they were.`,
    action: `Clear the filter by ${late.key.replaceAll("_", " ")}.`
  };
}

/** Curves of the share won by age, with bands: this year's deals against the year's before. */
export function WonByAge(context: PageContext, {years, late}: ConversionFigures): HTMLElement {
  const rows = years.flatMap(({label, won}) =>
    won.map(({t, share, lo, hi, nAtRisk}) => ({t, s: share, lo, hi, nAtRisk, group: label}))
  );
  return Chart({
    title: "Share of deals won, by days since creation",
    subtitle: "Of all deals created, with 95% bands; open deals count as not decided yet, not as lost",
    rows,
    columns: [
      {key: "group", label: "Created in", unit: "text"},
      {key: "t", label: "Age", unit: "days"},
      {key: "s", label: "Won", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nAtRisk", label: "Open at that age", unit: "count"}
    ],
    name: "won-by-age",
    how: definitionOf(context, "win_rate_cohort"),
    note: "A curve ends where fewer than ten deals are old enough; it is dashed where fewer than ten are still open.",
    empty: late
      ? lateEmpty(late)
      : {
          reason: "No deal of this selection has a creation date in the last two years.",
          action: "Clear a filter, or choose another day."
        },
    render: (width) =>
      Survival({
        rows,
        width,
        words: "won",
        atRisk: "Still open",
        colours: years.map(({label}) => colour(label === "last 12 months" ? "won" : "lost")),
        upTo: Math.max(1, ...years.map(({knownTo}) => Math.min(knownTo, 540)))
      })
  });
}

/** The win rate four ways for the chosen period, with how far apart they are. */
export function WinRatesApart(
  context: PageContext,
  chosen: ChosenAsOf,
  {broad, amount, narrow, made, late}: ConversionFigures
): HTMLElement {
  const {point} = made;
  const rows: DotRow[] = [
    {label: "By number (broad)", ...broad},
    {label: "Without no-decision losses (narrow)", ...narrow},
    {label: "By amount", rate: amount.rate, n: amount.n},
    {
      label: "Deals created in the quarter, so far",
      rate: point?.share ?? null,
      n: made.n,
      lo: point?.lo ?? null,
      hi: point?.hi ?? null
    }
  ];
  const rates = rows.flatMap(({rate}) => (rate === null ? [] : [rate]));
  const spread = rates.length > 1 ? Math.max(...rates) - Math.min(...rates) : null;
  return Chart({
    title:
      spread === null
        ? "Four win rates of one quarter"
        : `Four win rates of one quarter: ${Math.round(spread * 100)} points apart`,
    subtitle: `${chosen.period.label}, with 95% intervals; deals of one customer count as alike`,
    rows: rates.length > 0 ? rows : [],
    columns: [
      {key: "label", label: "Win rate of", unit: "text"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "win-rates",
    how: definitionOf(context, "win_rates"),
    note: `${late ? `${lateNote(late)} ` : ""}All four describe the same quarter. Compare a rate only with others of its kind.`,
    render: (width) => Dots({rows, width, order: "given"})
  });
}

/** Share won by age for each quarter's deals; empty where they have not been watched that long. */
export function CohortGrid(context: PageContext, {cohorts, late}: ConversionFigures): HTMLElement {
  const cells = cohorts.map(({age, ...cell}) => ({...cell, column: `by ${days(age)}`}));
  const isTold = cells.some(({value}) => value !== null);
  const tooFew = {
    reason: `In no quarter were ten deals created that are old enough to tell.`,
    action: "Clear a filter to see more."
  };
  return Chart({
    title: "Share won by age, quarter by quarter",
    subtitle: "Share of the deals created in the quarter that were won by that age",
    rows: isTold ? cells : [],
    columns: [
      {key: "row", label: "Created in", unit: "text"},
      {key: "column", label: "Age", unit: "text"},
      {key: "value", label: "Won", unit: "ratio", missing: "not old enough"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Created", unit: "count"}
    ],
    name: "cohorts",
    how: definitionOf(context, "win_rate_cohort"),
    note: `The number in each cell is of deals created in the quarter. A dash: fewer than ${count(10)} of them are old enough.`,
    ...(late ? {empty: lateEmpty(late)} : cells.some(({n}) => n > 0) ? {empty: tooFew} : {}),
    render: (width) => HeatGrid({cells, width, unit: "ratio", meaning: "won", noun: "deals"})
  });
}
