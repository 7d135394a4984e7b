import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {date, day, percent} from "../format.js";
import {colour} from "../palette.js";
import {frame, NARROW, textWidth, tipStyle} from "./frame.js";
import {hatch} from "./hatch.js";
import {Legend} from "./legend.js";
import {rowLabels} from "./rowLabels.js";

export interface LaneLoad {
  lane: string;
  /** First day of the week, ISO. */
  from: string;
  /** Shares of what is offered: sure, and expected on top of it. */
  firm: number;
  pipeline: number;
}

export interface LoadLanesProps {
  rows: readonly LaneLoad[];
  /** From top to bottom. */
  lanes: readonly string[];
  width: number;
  firmLabel: string;
  pipelineLabel: string;
}

const WEEK_MS = 7 * 86_400_000;
const NOTHING_OVER = 1.05;

/**
 * Load over time, a strip a lane on one scale: what is sure below, what is expected on top, a line at all that is offered. What lies
 * above it is striped, outlined and, at its fullest, told in figures.
 */
export function LoadLanes({rows, lanes, width, firmLabel, pipelineLabel}: LoadLanesProps): HTMLElement {
  const narrow = width < NARROW;
  const left = narrow
    ? 4
    : Math.ceil(Math.min(width * 0.3, Math.max(...lanes.map((lane) => textWidth(lane, 13))))) + 14;
  const band = narrow ? 92 : 76;
  const total = ({firm, pipeline}: LaneLoad) => firm + pipeline;
  const high = Math.max(NOTHING_OVER, ...rows.map(total)) * (narrow ? 1.5 : 1.25);
  const stripes = hatch();
  const at = ({from}: LaneLoad) => day(from);
  const until = ({from}: LaneLoad) => new Date(day(from).getTime() + WEEK_MS);
  const over = rows.filter((row) => total(row) > 1);
  const peaks = lanes.flatMap((lane) => {
    const mine = rows.filter((row) => row.lane === lane);
    const fullest = mine.reduce((best, row) => (total(row) > total(best) ? row : best), mine[0]!);
    return mine.length > 0 && total(fullest) > 1 ? [fullest] : [];
  });
  const ends = rows.map((row) => at(row).getTime());
  const [first, last] = [Math.min(...ends), Math.max(...ends) + WEEK_MS];
  const isLate = (row: LaneLoad) => at(row).getTime() > first + 0.75 * (last - first);
  const said = (row: LaneLoad) => `${percent(total(row))}, week from ${date(row.from)}`;
  const peakText = (late: boolean) =>
    Plot.text(
      peaks.filter((row) => isLate(row) === late),
      {
        fy: "lane",
        x: at,
        y: total,
        dy: -8,
        textAnchor: late ? "end" : "start",
        text: said,
        fill: colour("warning"),
        fontWeight: 600
      }
    );
  const told = (row: LaneLoad) =>
    [
      `${row.lane}, week from ${date(row.from)}`,
      `${percent(total(row))} of the hours offered`,
      `${firmLabel}: ${percent(row.firm)}`,
      `${pipelineLabel}: ${percent(row.pipeline)}`
    ].join("\n");
  return html`<div>${Legend(
    [firmLabel, pipelineLabel, "more than is offered (striped)"],
    [colour("won"), colour("forecast"), colour("warning")]
  )}${frame({
    width,
    height: lanes.length * band + 34,
    marginTop: 4,
    marginBottom: 30,
    marginLeft: left,
    marginRight: narrow ? 4 : 40,
    x: {type: "utc", domain: [new Date(first), new Date(last)], axis: null},
    y: {domain: [0, high], axis: null},
    fy: {domain: [...lanes], axis: null, padding: 0.12},
    marks: [
      stripes.defs,
      Plot.rectY(rows, {
        fy: "lane",
        x1: at,
        x2: until,
        y1: 0,
        y2: "firm",
        fill: colour("won"),
        insetRight: 0.5
      }),
      Plot.rectY(rows, {
        fy: "lane",
        x1: at,
        x2: until,
        y1: "firm",
        y2: total,
        fill: colour("forecast"),
        insetRight: 0.5
      }),
      Plot.rectY(over, {fy: "lane", x1: at, x2: until, y1: 1, y2: total, fill: colour("warning")}),
      Plot.rectY(over, {
        fy: "lane",
        x1: at,
        x2: until,
        y1: 1,
        y2: total,
        fill: stripes.paint,
        stroke: colour("warning")
      }),
      Plot.ruleY([0], {stroke: colour("faint")}),
      Plot.ruleY([1], {stroke: colour("ink"), strokeWidth: 1.25}),
      narrow
        ? null
        : Plot.text(["100%"], {
            frameAnchor: "right",
            y: () => 1,
            textAnchor: "start",
            dx: 5,
            text: (d: string) => d,
            fill: colour("muted")
          }),
      peakText(false),
      peakText(true),
      narrow
        ? Plot.text(lanes, {
            fy: (d: string) => d,
            frameAnchor: "top-left",
            text: (d: string) => d,
            fill: colour("ink"),
            fontSize: 13
          })
        : rowLabels(lanes, "fy", left),
      Plot.axisX({ticks: narrow ? 4 : 8, tickSize: 3, label: null, fill: colour("muted"), anchor: "bottom"}),
      Plot.tip(rows, Plot.pointerX({...tipStyle(), fy: "lane", x: at, y: total, title: told, maxRadius: 60}))
    ]
  })}</div>` as HTMLElement;
}
