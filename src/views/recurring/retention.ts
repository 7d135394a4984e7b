/** What customers of a year before are worth, month by month, and what is left of each quarter's new customers. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {HeatGrid} from "../../components/charts/heatGrid.js";
import {Trend} from "../../components/charts/trend.js";
import {percent} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import type {CohortCell} from "../../slices/recurring/retention.js";
import {definitionOf} from "../metricKpi.js";
import type {Recurring} from "./context.js";

/** NRR and GRR of the year to the end of each month, with bands. */
export function RetentionTrend({context, figures}: Recurring): HTMLElement {
  const known = figures.retention.filter(({nrr}) => nrr !== null);
  const rows = [
    ...known.map((each) => row("net", each.on, each.nrr, each.nrrRange, each.n)),
    ...known.map((each) => row("gross", each.on, each.grr, each.grrRange, each.n))
  ];
  const last = known.at(-1);
  return Chart({
    title:
      last && last.nrr !== null && last.grr !== null
        ? `Customers of a year ago are worth ${percent(last.nrr)} of what they were, ${percent(last.grr)} without expansion`
        : "What customers of a year ago are worth",
    subtitle:
      "Net and gross revenue retention of the twelve months to each month's end, with 95% bands of luck",
    rows,
    columns: [
      {key: "on", label: "To", unit: "date"},
      {key: "series", label: "Retention", unit: "text"},
      {key: "value", label: "Of the ARR a year before", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Customers then", unit: "count"}
    ],
    name: "retention",
    how: definitionOf(context, "nrr"),
    note: "New customers are in neither rate. The bands say how far single customers could have moved it: where they are wide, a few large ones decide.",
    empty: {
      reason: "Fewer than ten customers had ARR a year before any of these days.",
      action: "Clear a filter, or export contracts of longer ago."
    },
    render: (width) =>
      Trend({
        ...{rows, width},
        unit: "ratio",
        grain: "day",
        noun: "customers",
        colours: [colour("forecast"), colour("open")],
        fromZero: true
      })
  });
}

function row(
  series: string,
  on: string,
  value: number | null,
  range: {lo: number; hi: number} | null,
  n: number
) {
  return {series, on, value, n, lo: range?.lo ?? null, hi: range?.hi ?? null};
}

/** What is left of each start quarter's customers, in money and in numbers. */
export function Cohorts(shown: Recurring): HTMLElement {
  return html`<div class="weir-columns">
    <div>${CohortGrid(shown, "money")}</div>
    <div>${CohortGrid(shown, "logos")}</div>
  </div>`;
}

function CohortGrid({context, figures}: Recurring, of: "money" | "logos"): HTMLElement {
  const told = figures.cohorts.filter(({cohort}) =>
    figures.cohorts.some((each) => each.cohort === cohort && each.money !== null)
  );
  const cells = told.map((each) => ({
    row: each.cohort,
    column: afterWords(each),
    value: each[of],
    n: each[of] === null ? null : each.n
  }));
  const isMoney = of === "money";
  return Chart({
    title: isMoney
      ? "What is left of each quarter's new ARR"
      : "How many of each quarter's new customers are left",
    subtitle: isMoney
      ? "As a share of the ARR they had at its end"
      : "As a share of those who had ARR at its end",
    rows: cells,
    columns: [
      {key: "row", label: "Began in", unit: "text"},
      {key: "column", label: "After", unit: "text"},
      {
        key: "value",
        label: isMoney ? "ARR left" : "Customers left",
        unit: "ratio",
        missing: "not that long ago"
      },
      {key: "n", label: "Customers", unit: "count"}
    ],
    name: `cohorts-${of}`,
    how: definitionOf(context, "arr_cohorts"),
    note: "A dash: not that long ago, or fewer than five customers began.",
    empty: {
      reason: "No quarter with five new customers is half a year old.",
      action: "Clear a filter, or come back later."
    },
    render: (width) =>
      HeatGrid({cells, width, unit: "ratio", meaning: isMoney ? "won" : "open", noun: "customers"})
  });
}

const AFTER: Record<number, string> = {
  6: "6 months",
  12: "1 year",
  18: "18 months",
  24: "2 years",
  30: "30 months",
  36: "3 years"
};

function afterWords({months}: CohortCell): string {
  return AFTER[months] ?? `${months} months`;
}
