/** Where an order's time goes, step by step, and how promises have held over time. */
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {Survival} from "../../components/charts/survival.js";
import {Trend} from "../../components/charts/trend.js";
import {count, days} from "../../components/format.js";
import {colour} from "../../components/palette.js";
import type {BacklogFigures} from "../../figures/backlog.js";
import {definitionOf} from "../metricKpi.js";
import type {PageContext} from "../pageContext.js";

/** Steps of fewer orders are drawn hollow. */
const FEW = 10;

/** P50 and P80 of each step, with the plan beside them. */
export function PhaseTimes(context: PageContext, {phases}: BacklogFigures): HTMLElement {
  const known = phases.flatMap((phase) => {
    const {p50, p80, milestone, planned, n, nEnded, nOpen} = phase;
    if (p50.days === null) return [];
    return [
      {
        label: milestone,
        value: p50.days,
        lo: p50.days,
        hi: p80.days ?? p50.days,
        p80: p80.days,
        mark: planned,
        isThin: nEnded < FEW,
        n,
        nEnded,
        nOpen,
        said: [`${count(nEnded)} ended, ${count(nOpen)} under way`]
      }
    ];
  });
  return Chart({
    title: phaseTitle(known),
    subtitle:
      "Days each step takes from the end of the one before it: half are done by the dot, 80 of 100 by the end of the line",
    rows: known,
    columns: [
      {key: "label", label: "Step", unit: "text"},
      {key: "value", label: "P50", unit: "days"},
      {key: "p80", label: "P80", unit: "days", missing: "fewer have ended"},
      {key: "mark", label: "Planned, median", unit: "days", missing: "no plan"},
      {key: "nEnded", label: "Ended", unit: "count"},
      {key: "nOpen", label: "Under way", unit: "count"}
    ],
    name: "lead-time-by-phase",
    how: definitionOf(context, "order_phases"),
    note: "Steps under way count as not ended yet, so that slow ones are not left out. Percentiles of steps do not add up to that of the whole. The thin line is the median of the plan. Hollow: fewer than ten have ended.",
    empty: {
      reason: "No order of the selection has milestones of more than one step.",
      action: "Export order milestones with planned and actual days, and map them to order_milestone."
    },
    render: (width) =>
      RangeRows({
        rows: known,
        width,
        unit: "days",
        meaning: "open",
        words: {value: "half are done", range: "to 80 of 100", mark: "planned"}
      })
  });
}

function phaseTitle(rows: readonly {label: string; value: number; mark: number | null}[]): string {
  if (rows.length === 0) return "Where an order's time goes";
  const longest = [...rows].sort((a, b) => b.value - a.value)[0]!;
  const late = rows
    .filter(({value, mark}) => mark !== null && value > mark)
    .sort((a, b) => b.value - b.mark! - (a.value - a.mark!))[0];
  const said = `${longest.label} takes longest, ${days(longest.value)} at the median`;
  const more = late
    ? `${late === longest ? " and" : `; ${late.label}`} overruns its plan most, by ${days(late.value - late.mark!)}`
    : "";
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${more}`;
}

/** The share of orders that have not arrived after so many days. */
export function LeadCurve(context: PageContext, {lead}: BacklogFigures): HTMLElement {
  return Chart({
    title:
      lead.p50.days === null
        ? "How long customers wait"
        : `Half of the orders have arrived after ${days(lead.p50.days)}${lead.p80.days === null ? "" : `, 80 of 100 after ${days(lead.p80.days)}`}`,
    subtitle: "Share of orders that have not arrived, by days since they were placed",
    rows: lead.nEnded > 0 ? lead.curve : [],
    columns: [
      {key: "t", label: "Days", unit: "days"},
      {key: "s", label: "Not arrived", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio", missing: "none"},
      {key: "hi", label: "95% to", unit: "ratio", missing: "none"},
      {key: "nAtRisk", label: "Still waiting", unit: "count"}
    ],
    name: "order-lead-time",
    how: definitionOf(context, "order_lead_time"),
    note: "Orders of every kind are in one curve: filter by product family to see each. What is open counts as not arrived yet; what left without a day of arrival, up to the day it left.",
    empty: {
      reason: "No order of the selection says when it arrived.",
      action: "Export shipments with delivery days, or the milestone “delivered” with its actual day."
    },
    render: (width) =>
      Survival({rows: lead.curve, width, words: "not arrived", atRisk: "Still waiting", meaning: "open"})
  });
}

/** The median and the 80th percentile of promise errors by quarter of delivery. */
export function PromiseErrors(context: PageContext, {errors}: BacklogFigures): HTMLElement {
  const rows = errors.quarters.flatMap(({label, from, isWhole, n, median, p80}) => [
    {on: from, label, value: median, n, partial: !isWhole, series: "P50"},
    {on: from, label, value: p80, n, partial: !isWhole, series: "P80"}
  ]);
  const {median} = errors.year;
  return Chart({
    title:
      median === null
        ? "How promises have held"
        : median > 0
          ? `Half of the deliveries of the last twelve months came at least ${days(median)} late`
          : `Half of the deliveries of the last twelve months came ${median < 0 ? `at least ${days(-median)} early` : "by the promised day"}`,
    subtitle:
      "Delivered less promised, days, by quarter of delivery: half came by P50, four of five by P80; below zero is early",
    rows,
    columns: [
      {key: "label", label: "Delivered in", unit: "text"},
      {key: "series", label: "Which", unit: "text"},
      {key: "value", label: "Promise error", unit: "days", missing: "none delivered"},
      {key: "n", label: "Orders", unit: "count"}
    ],
    name: "promise-error",
    how: definitionOf(context, "promise_error"),
    empty: {
      reason: "No order of the selection has both a promise and a delivery.",
      action: "Export the promised day of orders, and when they arrived."
    },
    render: (width) =>
      Trend({
        rows,
        width,
        unit: "days",
        fromZero: true,
        noun: "orders",
        colours: [colour("open"), colour("muted")]
      })
  });
}
