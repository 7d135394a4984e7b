/** Load of the work centres by week, and the weeks that are overfull. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {LoadLanes} from "../../components/charts/loadLanes.js";
import {DataTable} from "../../components/dataTable.js";
import {count, date, percent} from "../../components/format.js";
import {sum} from "../../slices/material/demandRows.js";
import {type LoadWeek, loadWeeks, overloads} from "../../slices/material/load.js";
import type {PlanningData} from "../../slices/material/planningData.js";
import type {SiteData} from "../../slices/site.js";
import {definitionOf} from "../metricKpi.js";
import {openLoad} from "./panel.js";
import {heldWords, scoreFor} from "./record.js";

/** Centres that are drawn; the table below has the weeks of all. */
const MOST_LANES = 12;

export function CapacityChart(site: SiteData, data: PlanningData): HTMLElement {
  const rows = loadWeeks(data);
  const offering = rows.filter(({offered}) => offered !== null);
  const silent = data.centres.filter(({hoursPerWeek}) => hoursPerWeek === null);
  const fullest = data.centres
    .filter(({hoursPerWeek}) => hoursPerWeek !== null)
    .map(({name, firm, pipeline, hoursPerWeek}) => ({
      name,
      high: Math.max(...firm.map((each, i) => each + pipeline[i]!)) / hoursPerWeek!
    }))
    .sort((a, b) => b.high - a.high);
  const lanes = fullest.slice(0, MOST_LANES).map(({name}) => name);
  const score = scoreFor(data, "next 26 weeks", "each work centre");
  const note = [
    score
      ? `What deals won in 26 weeks ask of each centre: ${heldWords(score, "an 80% band")}; by week only the expected hours are told.`
      : "",
    `A deal won now reaches the works ${count(data.offsets.materialDays)} days later, as usual: until then the load is of orders alone. Deals that do not exist yet come on top of the last weeks.`,
    fullest.length > lanes.length
      ? `The ${count(lanes.length)} fullest of ${count(fullest.length)} centres.`
      : "",
    silent.length > 0
      ? `${silent.map(({name}) => name).join(", ")}: no hours a week in the exports, so no load.`
      : ""
  ];
  return Chart({
    title: headline(data, offering),
    subtitle: "Share of the hours offered by work centre and week: orders, and open deals times their chance",
    rows: offering,
    columns: [
      {key: "centre", label: "Work centre", unit: "text"},
      {key: "from", label: "Week from", unit: "date"},
      {key: "firm", label: "Hours of orders", unit: "count"},
      {key: "pipeline", label: "Expected of deals", unit: "count"},
      {key: "total", label: "Together", unit: "count"},
      {key: "offered", label: "Hours offered", unit: "count"},
      {key: "load", label: "Load", unit: "ratio"}
    ],
    name: "capacity-load",
    how: definitionOf({site}, "capacity_load"),
    note: note.filter((words) => words !== "").join(" "),
    empty: {
      reason: "No work centre says how many hours it offers a week.",
      action:
        "Export the work centres with their hours a week, and the bill of materials with centre and hours."
    },
    render: (width) =>
      LoadLanes({
        rows: offering
          .filter(({centre}) => lanes.includes(centre))
          .map(({centre, from, firm, pipeline, offered}) => ({
            lane: centre,
            from,
            firm: firm / offered!,
            pipeline: pipeline / offered!
          })),
        ...{lanes, width},
        firmLabel: "orders",
        pipelineLabel: "expected of deals"
      })
  });
}

function headline({centres}: PlanningData, rows: readonly LoadWeek[]): string {
  const full = overloads(rows);
  if (rows.length === 0) return "No work centre says what it offers";
  if (full.length === 0) return "No work centre is asked for more than it offers";
  const names = new Set(full.map(({centre}) => centre));
  return names.size === centres.length
    ? `Every work centre is overfull in some weeks; ${full[0]!.centre} most, at ${percent(full[0]!.load)}`
    : `${count(names.size)} of ${count(centres.length)} work centres are overfull in some weeks; ${full[0]!.centre} most, at ${percent(full[0]!.load)}`;
}

/** The overfull weeks, the fullest first; a row opens who makes it. */
export function FullWeeks(site: SiteData, data: PlanningData, full: readonly LoadWeek[]): HTMLElement {
  const rows = full.map((week) => ({
    ...week,
    id: `${week.at}/${week.week}`,
    firm: Math.round(week.firm),
    pipeline: Math.round(week.pipeline),
    over: Math.round(week.total - (week.offered ?? 0))
  }));
  return html`<section>
    ${DataTable(
      rows,
      [
        {key: "centre", label: "Work centre", unit: "text"},
        {key: "from", label: "Week from", unit: "date"},
        {key: "load", label: "Load", unit: "ratio"},
        {key: "over", label: "Hours too many", unit: "count"},
        {key: "firm", label: "Of orders", unit: "count"},
        {key: "pipeline", label: "Of deals", unit: "count"},
        {key: "offered", label: "Offered", unit: "count"}
      ],
      {
        caption: "Overfull weeks, and who makes them",
        showCaption: true,
        pageSize: 8,
        empty: {
          reason: data.centres.some(({hoursPerWeek}) => hoursPerWeek !== null)
            ? "No work centre is asked for more than it offers in any week ahead."
            : "No work centre says how many hours it offers."
        },
        onRow: ({at, week}) =>
          openLoad(site, data, full.find((each) => each.at === at && each.week === week)!)
      }
    )}
    ${rows.length > 0 ? html`<p class="weir-chart-note">${count(sum(rows.map(({over}) => over)))} hours in all are asked of centres beyond what they offer, from ${date(earliest(full))} on. A row opens the orders and deals that need them.</p>` : null}
  </section>`;
}

function earliest(weeks: readonly LoadWeek[]): string {
  return weeks.reduce((first, {from}) => (from < first ? from : first), weeks[0]!.from);
}
