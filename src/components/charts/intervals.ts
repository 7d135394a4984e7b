import * as Plot from "@observablehq/plot";
import {colour, tint} from "../palette.js";
import {axisWidth, briefly, exactly, frame, type Measure, NARROW, tipStyle, valueAxis} from "./frame.js";
import {periodTicks} from "./periodTicks.js";

export interface IntervalRow {
  /** The period as the firm says it. */
  label: string;
  mean: number;
  low50: number;
  high50: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
  /** What came; null while it is not over. */
  actual: number | null;
  /** A level to reach, if there is one. */
  target?: number | null;
}

export interface IntervalsProps extends Measure {
  rows: readonly IntervalRow[];
  /** What the actual mark is: "won". */
  actualLabel?: string;
  height?: number;
}

/**
 * What was forecast for each period, as nested bands with the expected value, and what came: a filled mark inside the 80%
 * band, a cross outside it. Periods to come have no mark and stronger bands.
 */
export function Intervals(props: IntervalsProps): SVGSVGElement | HTMLElement {
  const {rows, width, actualLabel = "won", height = width < NARROW ? 260 : 320} = props;
  const high =
    Math.max(...rows.flatMap(({high95, actual, target}) => [high95, actual ?? 0, target ?? 0])) || 1;
  const left = axisWidth(high, props);
  const step = (width - left - 20) / Math.max(1, rows.length);
  const ticks = periodTicks(
    rows.map(({label}) => label),
    step
  );
  const word = new Map(rows.map(({label}, i) => [label, ticks[i] ?? ""]));
  const band = (low: keyof IntervalRow, top: keyof IntervalRow, past: number, future: number, wide: number) =>
    Plot.ruleX(rows, {
      x: "label",
      y1: low,
      y2: top,
      stroke: (row: IntervalRow) => tint("forecast", row.actual === null ? future : past),
      strokeWidth: Math.max(3, Math.min(26, step * wide)),
      strokeLinecap: "butt"
    });
  const held = rows.filter(
    ({actual, low80, high80}) => actual !== null && actual >= low80 && actual <= high80
  );
  const missed = rows.filter(({actual}) => actual !== null).filter((row) => !held.includes(row));
  const mark = Math.max(3, Math.min(5.5, step * 0.16));
  return frame({
    width,
    height,
    marginTop: 16,
    marginBottom: 34,
    marginLeft: left,
    marginRight: 20,
    x: {type: "band", domain: rows.map(({label}) => label), axis: null, padding: 0.2},
    y: {domain: [0, high * 1.06], axis: null},
    marks: [
      valueAxis(props),
      Plot.ruleY([0], {stroke: colour("faint")}),
      Plot.axisX({
        tickSize: 0,
        tickPadding: 8,
        label: null,
        tickFormat: (label: string) => word.get(label) ?? "",
        fill: colour("muted")
      }),
      band("low95", "high95", 0.14, 0.24, 0.56),
      band("low80", "high80", 0.28, 0.46, 0.56),
      band("low50", "high50", 0.44, 0.72, 0.56),
      Plot.tickY(rows, {x: "label", y: "mean", stroke: colour("forecast"), strokeWidth: 2, inset: 1}),
      Plot.tickY(
        rows.filter(({target}) => target !== null && target !== undefined),
        {
          x: "label",
          y: (row: IntervalRow) => row.target ?? 0,
          stroke: colour("ink"),
          strokeWidth: 1.5,
          strokeDasharray: "4 2"
        }
      ),
      Plot.dot(held, {
        x: "label",
        y: "actual",
        r: mark,
        fill: colour("won"),
        stroke: colour("surface"),
        strokeWidth: 1.5
      }),
      Plot.dot(missed, {
        x: "label",
        y: "actual",
        r: mark + 0.5,
        symbol: "times",
        stroke: colour("wrong"),
        strokeWidth: 2.5
      }),
      Plot.tip(
        rows,
        Plot.pointerX({
          ...tipStyle(),
          x: "label",
          y: "high80",
          title: (row: IntervalRow) => told(row, props, actualLabel)
        })
      )
    ]
  });
}

function told(row: IntervalRow, props: Measure, actualLabel: string): string {
  const range = (low: number, high: number) => `${briefly(low, props)} to ${briefly(high, props)}`;
  return [
    row.label,
    `expected ${exactly(row.mean, props)}`,
    `80%: ${range(row.low80, row.high80)}`,
    `95%: ${range(row.low95, row.high95)}`,
    ...(row.target ? [`target ${briefly(row.target, props)}`] : []),
    row.actual === null ? "not over yet" : `${actualLabel} ${exactly(row.actual, props)}`
  ].join("\n");
}
