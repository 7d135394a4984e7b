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
import {closedRows, wonInterval} from "../slices/clusteredRate.js";
import {type Cohort, cohort, wonBy} from "../slices/cohorts.js";
import {evaluate} from "../slices/evaluate.js";
import {dayNumber} from "../slices/facts.js";
import {selectRows} from "../slices/select.js";
import type {ChosenAsOf} from "./asOf.js";
import {definitionOf, MetricKpi} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

const YEAR = 365;
const AGES = [30, 60, 90, 180, 365];
const COHORTS_SHOWN = 10;

/** Deals created in the year to the day, and in the year before it. */
function yearCohorts(context: PageContext, {filters, day}: ChosenAsOf): Cohort[] {
  const deals = context.facts["deals"]!;
  const rows = selectRows(deals, filters);
  return [
    {label: "the year before", from: day - 2 * YEAR + 1, to: day - YEAR},
    {label: "last 12 months", from: day - YEAR + 1, to: day}
  ]
    .map((span) => cohort(deals, rows, span, day))
    .filter(({n}) => n > 0);
}

/** Of the deals created in the chosen period, the share won by the age they are known to. */
function periodCohort(context: PageContext, {filters, period, day}: ChosenAsOf): Cohort {
  const deals = context.facts["deals"]!;
  const span = {label: period.label, from: dayNumber(period.from), to: dayNumber(period.to)};
  return cohort(deals, selectRows(deals, filters), span, day);
}

/** One sentence: the win rate of what closes against what becomes of what is created. */
export function conversionAnswer(context: PageContext, chosen: ChosenAsOf): Content | null {
  const {site, facts} = context;
  const rate = evaluate("win_rate", site.catalogue, facts, chosen);
  if (rate.value === null) return null;
  const before = yearCohorts(context, chosen).find(({label}) => label === "the year before");
  const point = before && wonBy(before, before.knownTo);
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
function halfWords({half}: Cohort): string {
  if (!half) return "";
  return `, half of those wins within ${days(half.median)} (95% interval ${days(half.lo)} to ${days(half.hi)})`;
}

/** By count, by amount, narrow, and of the deals created in the period. */
export function winRateKpis(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const made = periodCohort(context, chosen);
  const point = wonBy(made, made.knownTo);
  return kpiRow([
    ...["win_rate", "win_rate_amount", "win_rate_narrow"].map((key) => MetricKpi(context, key, chosen)),
    Kpi({
      label: "Of those created, won so far",
      value: point?.share ?? null,
      unit: "ratio",
      n: made.n,
      nLabel: "created",
      ...(made.half ? {note: `half of the wins came within ${days(made.half.median)}`} : {}),
      how: definitionOf(context, "win_rate_cohort"),
      reason: "Fewer than ten deals were created in the period."
    })
  ]);
}

/** Curves of the share won by age, with bands: this year's deals against the year's before. */
export function WonByAge(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const cohorts = yearCohorts(context, chosen);
  const rows = cohorts.flatMap(({label, won, knownTo}) =>
    won
      .filter(({t}) => t <= knownTo)
      .map(({t, share, lo, hi, nAtRisk}) => ({t, s: share, lo, hi, nAtRisk, group: label}))
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
        colours: cohorts.map(({label}) => colour(label === "last 12 months" ? "won" : "lost")),
        upTo: Math.max(1, ...cohorts.map(({knownTo}) => Math.min(knownTo, 540)))
      })
  });
}

/** The win rate four ways for the chosen period, with how far apart they are. */
export function WinRatesApart(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const {site, facts} = context;
  const of = (key: string) => evaluate(key, site.catalogue, facts, chosen);
  const counted = ["win_rate", "win_rate_narrow"].map((key): DotRow => {
    const {value, n} = of(key);
    const rows = closedRows(facts["deals"]!, chosen, key === "win_rate_narrow");
    const interval = value === null ? null : wonInterval(facts["deals"]!, rows);
    const label = key === "win_rate" ? "Counted, broad" : "Counted, narrow";
    return {label, rate: value, n, lo: interval?.lo ?? null, hi: interval?.hi ?? null};
  });
  const amount = of("win_rate_amount");
  const made = periodCohort(context, chosen);
  const point = wonBy(made, made.knownTo);
  const rows: DotRow[] = [
    ...counted,
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
export function CohortGrid(context: PageContext, chosen: ChosenAsOf): HTMLElement {
  const {site, facts} = context;
  const deals = facts["deals"]!;
  const rows = selectRows(deals, chosen.filters);
  const quarters = site.quarters.filter(({from}) => from <= chosen.asOf).slice(-COHORTS_SHOWN);
  const cells = quarters.flatMap(({label, from, to}) => {
    const made = cohort(deals, rows, {label, from: dayNumber(from), to: dayNumber(to)}, chosen.day);
    return AGES.map((age) => {
      const point = made.n > 0 ? wonBy(made, age) : null;
      return {
        row: label,
        column: `by ${days(age)}`,
        value: point?.share ?? null,
        n: made.n,
        lo: point?.lo ?? null,
        hi: point?.hi ?? null
      };
    });
  });
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
