/** Win rates as curves by age, and the four win rates people mean when they say one. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {type DotRow, Dots} from "../components/charts/dots.js";
import {HeatGrid} from "../components/charts/heatGrid.js";
import {Survival} from "../components/charts/survival.js";
import {count, days, percent} from "../components/format.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import type {ConversionFigures, WonCurve} from "../figures/conversion.js";
import {incidenceAt} from "../slices/aalenJohansen.js";
import {evaluate} from "../slices/evaluate.js";
import type {ChosenAsOf} from "./asOf.js";
import {showDeals} from "./deals.js";
import {definitionOf, MetricKpi} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** One sentence: the win rate of what closes against what becomes of what is created. */
export function conversionAnswer(
  context: PageContext,
  chosen: ChosenAsOf,
  {years}: ConversionFigures
): Content | null {
  const {site, facts} = context;
  const rate = evaluate("win_rate", site.catalogue, facts, chosen);
  if (rate.value === null) return null;
  const before = years.find(({label}) => label === "the year before");
  const point = before && incidenceAt(before.won, before.knownTo);
  return [
    "Of the deals closed in ",
    chosen.period.label,
    ", ",
    html`<strong>${percent(rate.value)}</strong>`,
    " were won",
    ...(before && point
      ? [
          "; of those created in the year before the last, ",
          html`<strong>${percent(point.share)}</strong>`,
          ` have been won so far${halfWords(before)}`
        ]
      : []),
    "."
  ];
}

/** How long the wins took: their median with its interval, or nothing for too few. */
function halfWords({half}: WonCurve): string {
  if (!half) return "";
  return `, half of those wins within ${days(half.median)} (95% interval ${days(half.lo)} to ${days(half.hi)})`;
}

/** By count, by amount, narrow, and of the deals created in the period. */
export function winRateKpis(
  context: PageContext,
  chosen: ChosenAsOf,
  {made}: ConversionFigures
): HTMLElement {
  return kpiRow([
    ...["win_rate", "win_rate_amount", "win_rate_narrow"].map((key) => MetricKpi(context, key, chosen)),
    Kpi({
      label: "Of those created, won so far",
      value: made.point?.share ?? null,
      unit: "ratio",
      n: made.n,
      nLabel: "created",
      ...(made.half ? {note: `half of the wins came within ${days(made.half.median)}`} : {}),
      how: definitionOf(context, "win_rate_cohort"),
      reason: "Fewer than ten deals were created in the period.",
      ...(made.won.n > 0
        ? {
            onOpen: () =>
              showDeals(context, made.won, {
                title: "Of those created, won so far",
                scope: `${count(made.won.n)} won of ${count(made.n)} created in ${chosen.period.label}; the share counts those still open as such`,
                value: made.point?.share ?? null,
                unit: "ratio"
              })
          }
        : {})
    })
  ]);
}

/** Curves of the share won by age, with bands: this year's deals against the year's before. */
export function WonByAge(context: PageContext, {years}: ConversionFigures): HTMLElement {
  const rows = years.flatMap(({label, won}) =>
    won.map(({t, share, lo, hi, nAtRisk}) => ({t, s: share, lo, hi, nAtRisk, group: label}))
  );
  return Chart({
    title: "Won by age, of all deals created",
    subtitle: "Share won by days since creation, with 95% bands; deals still open count as such",
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
    note: "A curve ends at the age that fewer than ten deals have had the time to reach; it is dashed where few are still open.",
    empty: {
      reason: "No deal of this selection has a creation date in the last two years.",
      action: "Clear a filter, or choose another day."
    },
    render: (width) =>
      Survival({
        rows,
        width,
        words: "won",
        colours: years.map(({label}) => colour(label === "last 12 months" ? "won" : "lost")),
        upTo: Math.max(1, ...years.map(({knownTo}) => Math.min(knownTo, 540)))
      })
  });
}

/** The win rate four ways for the chosen period, with how far apart they are. */
export function WinRatesApart(
  context: PageContext,
  chosen: ChosenAsOf,
  {broad, narrow, made}: ConversionFigures
): HTMLElement {
  const {site, facts} = context;
  const amount = evaluate("win_rate_amount", site.catalogue, facts, chosen);
  const {point} = made;
  const rows: DotRow[] = [
    {label: "Counted, broad", ...broad},
    {label: "Counted, narrow", ...narrow},
    {label: "By amount", rate: amount.value, n: amount.n},
    {
      label: "Created in the period, so far",
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
        ? "One win rate, four ways"
        : `One win rate, four ways: ${Math.round(spread * 100)} points apart`,
    subtitle: `${chosen.period.label}, with 95% intervals where they can be had; of customers with several deals as one`,
    rows: rates.length > 0 ? rows : [],
    columns: [
      {key: "label", label: "Way", unit: "text"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "win-rates",
    how: definitionOf(context, "win_rates"),
    note: "The same deals give each of them. Compare a rate only with one of its own kind.",
    render: (width) => Dots({rows, width, order: "given"})
  });
}

/** Share won by age for each quarter's deals; empty where they have not been watched that long. */
export function CohortGrid(context: PageContext, {cohorts}: ConversionFigures): HTMLElement {
  const cells = cohorts.map(({age, ...cell}) => ({...cell, column: `by ${days(age)}`}));
  return Chart({
    title: "Won by age, quarter by quarter",
    subtitle: "Share of the deals created in the quarter that were won by that age",
    rows: cells.some(({n}) => n > 0) ? cells : [],
    columns: [
      {key: "row", label: "Created in", unit: "text"},
      {key: "column", label: "Age", unit: "text"},
      {key: "value", label: "Won", unit: "ratio", missing: "not watched that long"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Created", unit: "count"}
    ],
    name: "cohorts",
    how: definitionOf(context, "win_rate_cohort"),
    note: `n is the deals created in the quarter; ${count(10)} of them have to have had the time for a figure.`,
    render: (width) => HeatGrid({cells, width, unit: "ratio", meaning: "won", noun: "deals"})
  });
}
