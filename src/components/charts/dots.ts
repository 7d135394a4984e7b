import * as Plot from "@observablehq/plot";
import {count, NOT_ENOUGH_DATA, percent} from "../format.js";
import {colour, type Meaning} from "../palette.js";
import {fitted, frame, NARROW, textWidth, tipStyle} from "./frame.js";

export interface DotRow {
  label: string;
  /** 0..1; null is "not enough data". */
  rate: number | null;
  /** Interval of the rate, 0..1. */
  lo?: number | null;
  hi?: number | null;
  n: number;
}

export interface DotsProps {
  rows: readonly DotRow[];
  width: number;
  /** The rate of all rows together, drawn as a line. */
  overall?: number | null;
  overallLabel?: string;
  /** Below this n a dot is hollow; 20 when absent. */
  smallN?: number;
  meaning?: Meaning;
  order?: "value" | "given";
  noun?: string;
  /** Words for what the interval is: "80% interval". */
  intervalLabel?: string;
}

/** One dot a row with its interval; hollow when few records stand behind it, n printed at the end. */
export function Dots(props: DotsProps): SVGSVGElement | HTMLElement {
  const {
    width,
    overall = null,
    overallLabel = "all",
    smallN = 20,
    meaning = "won",
    order = "value",
    noun = "deals"
  } = props;
  const rows =
    order === "value" ? [...props.rows].sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1)) : [...props.rows];
  const narrow = width < NARROW;
  const labelRoom = narrow
    ? width
    : Math.min(width * 0.32, Math.max(...rows.map(({label}) => textWidth(label, 13))) + 4);
  const ends = rows.map(({n}) => `99% n ${count(n)}`);
  const right = Math.ceil(Math.max(...ends.map((end) => textWidth(end)))) + 20;
  const left = narrow ? 6 : Math.ceil(labelRoom) + 14;
  const band = narrow ? 44 : 30;
  const down = narrow ? 9 : 0;
  const high = Math.min(
    1,
    Math.max(0.05, overall ?? 0, ...rows.map(({rate, hi}) => Math.max(rate ?? 0, hi ?? 0))) * 1.05
  );
  const tone = colour(meaning);
  const known = rows.filter(({rate}) => rate !== null);
  const shift = (name: string) => (narrow ? {[name]: down} : {});

  return frame({
    width,
    height: rows.length * band + (narrow ? 56 : 46),
    marginTop: 22,
    marginBottom: narrow ? 34 : 24,
    marginLeft: left,
    marginRight: right,
    x: {domain: [0, high], axis: null},
    y: {type: "band", domain: rows.map(({label}) => label), axis: null, padding: 0},
    marks: [
      Plot.gridX({ticks: narrow ? 3 : 5, stroke: colour("line"), strokeOpacity: 1}),
      Plot.axisX({
        ticks: narrow ? 3 : 5,
        tickSize: 0,
        label: null,
        tickFormat: percent,
        fill: colour("muted")
      }),
      overall === null
        ? null
        : narrow
          ? // Names stand above their dots: the line leaves them room.
            Plot.tickX(rows, {
              x: () => overall,
              y: "label",
              insetTop: 20,
              insetBottom: 2,
              stroke: colour("ink"),
              strokeWidth: 1.25
            })
          : Plot.ruleX([overall], {stroke: colour("ink"), strokeWidth: 1.25}),
      overall === null
        ? null
        : Plot.text([overall], {
            x: (d: number) => d,
            frameAnchor: "top",
            dy: -12,
            text: () => `${overallLabel} ${percent(overall)}`,
            fill: colour("ink"),
            textAnchor: overall > high * 0.75 ? "end" : overall < high * 0.15 ? "start" : "middle"
          }),
      Plot.text(rows, {
        y: "label",
        frameAnchor: "left",
        textAnchor: narrow ? "start" : "end",
        dx: narrow ? -6 : -10,
        dy: narrow ? -11 : 0,
        text: ({label}: DotRow) => fitted(label, labelRoom, 13),
        stroke: colour("surface"),
        strokeWidth: 4,
        fill: colour("ink"),
        fontSize: 13
      }),
      Plot.ruleY(
        known.filter(({lo, hi}) => lo !== null && lo !== undefined && hi !== null && hi !== undefined),
        {y: "label", x1: "lo", x2: "hi", stroke: tone, strokeWidth: 2, strokeOpacity: 0.5, ...shift("dy")}
      ),
      Plot.dot(known, {
        x: "rate",
        y: "label",
        r: 5,
        stroke: tone,
        strokeWidth: 1.75,
        fill: ({n}: DotRow) => (n < smallN ? colour("surface") : tone),
        ...shift("dy")
      }),
      Plot.text(
        rows.filter(({rate}) => rate === null),
        {
          y: "label",
          frameAnchor: "left",
          textAnchor: "start",
          dx: 4,
          dy: down,
          text: () => NOT_ENOUGH_DATA,
          fill: colour("muted")
        }
      ),
      Plot.text(known, {
        y: "label",
        frameAnchor: "right",
        textAnchor: "end",
        dx: Math.ceil(textWidth("99%")) + 8,
        dy: down,
        text: ({rate}: DotRow) => percent(rate),
        fill: colour("ink"),
        fontWeight: 600
      }),
      Plot.text(rows, {
        y: "label",
        frameAnchor: "right",
        textAnchor: "end",
        dx: right - 2,
        dy: down,
        text: ({n}: DotRow) => `n ${count(n)}`,
        fill: colour("muted")
      }),
      Plot.tip(
        rows,
        Plot.pointerY({
          ...tipStyle(),
          x: ({rate}: DotRow) => rate ?? 0,
          y: "label",
          title: (row: DotRow) => told(row, props, noun),
          anchor: "top",
          dy: 6
        })
      )
    ]
  });
}

function told(
  {label, rate, lo, hi, n}: DotRow,
  {smallN = 20, intervalLabel = "interval"}: DotsProps,
  noun: string
): string {
  const lines = [label, `${percent(rate)} of ${count(n)} ${noun}`];
  if (rate !== null && lo !== null && lo !== undefined)
    lines.push(`${intervalLabel} ${percent(lo)} to ${percent(hi ?? null)}`);
  if (n < smallN) lines.push(`fewer than ${smallN}: read with care`);
  return lines.join("\n");
}
