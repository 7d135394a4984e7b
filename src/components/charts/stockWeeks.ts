import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {date, day} from "../format.js";
import {colour, tint} from "../palette.js";
import {axisWidth, exactly, frame, halo, type Measure, NARROW, tipStyle, valueAxis} from "./frame.js";
import {hatch} from "./hatch.js";
import {Legend} from "./legend.js";

export interface StockWeek {
  /** First day of the week, ISO. */
  from: string;
  received: number;
  /** Left at the end of the week: surely, as expected, and in nine cases of ten. */
  afterFirm: number;
  afterExpected: number;
  afterP90: number;
}

export interface StockWeeksProps extends Measure {
  rows: readonly StockWeek[];
  firmLabel: string;
  /** Null where nothing but what is sure is known. */
  expectedLabel: string | null;
  /** The first day on which something is missing, for what is sure and as expected; null when never. */
  shortOn: string | null;
  expectedShortOn: string | null;
  height?: number;
}

const WEEK_MS = 7 * 86_400_000;

/** A stock that runs down, week by week: what is left surely and as expected, what comes, and striped what is missing. */
export function StockWeeks(props: StockWeeksProps): HTMLElement {
  const {rows, width, firmLabel, expectedLabel, shortOn, expectedShortOn} = props;
  const height = props.height ?? (width < NARROW ? 260 : 320);
  const lowest = Math.min(0, ...rows.flatMap(({afterFirm, afterP90}) => [afterFirm, afterP90]));
  const highest = Math.max(1, ...rows.map(({afterFirm}) => afterFirm));
  const room = (highest - lowest) * 0.1;
  const left = axisWidth(Math.max(highest, -lowest), props) + (lowest < 0 ? 8 : 0);
  const stripes = hatch();
  const last = rows.at(-1)!;
  // Steps: a week holds its level to its end.
  const steps = [
    ...rows,
    {...last, from: new Date(day(last.from).getTime() + WEEK_MS).toISOString().slice(0, 10)}
  ];
  const at = ({from}: StockWeek) => day(from);
  const below = (value: (row: StockWeek) => number) => (row: StockWeek) => Math.min(0, value(row));
  const step = "step-after" as const;
  const told = (row: StockWeek) =>
    [
      `Week from ${date(row.from)}`,
      `${firmLabel}: ${exactly(row.afterFirm, props)}`,
      ...(expectedLabel
        ? [
            `${expectedLabel}: ${exactly(row.afterExpected, props)}`,
            `in nine cases of ten at least ${exactly(row.afterP90, props)}`
          ]
        : []),
      ...(row.received > 0 ? [`delivered: ${exactly(row.received, props)}`] : [])
    ].join("\n");
  const flag = (on: string | null, tone: "warning" | "forecast", up: number) =>
    on === null
      ? []
      : [
          Plot.ruleX([day(on)], {stroke: colour(tone), strokeWidth: 1.25, strokeDasharray: "3 3"}),
          Plot.text([on], {
            x: (d: string) => day(d),
            frameAnchor: "top",
            dy: up,
            dx: day(on).getTime() > at(rows[0]!).getTime() + rows.length * WEEK_MS * 0.7 ? -5 : 5,
            textAnchor:
              day(on).getTime() > at(rows[0]!).getTime() + rows.length * WEEK_MS * 0.7 ? "end" : "start",
            text: (d: string) => `${tone === "warning" ? "short for orders" : "with deals"}: ${date(d)}`,
            fill: colour(tone),
            fontWeight: 600,
            ...halo()
          })
        ];
  return html`<div>${Legend(
    [firmLabel, ...(expectedLabel ? [expectedLabel] : []), "missing for orders (striped)"],
    [colour("won"), ...(expectedLabel ? [colour("forecast")] : []), colour("warning")]
  )}${frame({
    width,
    height,
    marginTop: 34,
    marginBottom: 30,
    marginLeft: left,
    marginRight: 10,
    x: {type: "utc", axis: null},
    y: {domain: [lowest - room, highest + room], axis: null},
    marks: [
      stripes.defs,
      valueAxis(props),
      expectedLabel
        ? Plot.areaY(steps, {
            x: at,
            y1: "afterP90",
            y2: "afterExpected",
            curve: step,
            fill: tint("forecast", 0.25)
          })
        : null,
      Plot.areaY(steps, {
        x: at,
        y1: 0,
        y2: below(({afterFirm}) => afterFirm),
        curve: step,
        fill: colour("warning")
      }),
      Plot.areaY(steps, {
        x: at,
        y1: 0,
        y2: below(({afterFirm}) => afterFirm),
        curve: step,
        fill: stripes.paint
      }),
      Plot.ruleY([0], {stroke: colour("ink"), strokeWidth: 1.25}),
      expectedLabel
        ? Plot.lineY(steps, {
            x: at,
            y: "afterExpected",
            curve: step,
            stroke: colour("forecast"),
            strokeWidth: 2
          })
        : null,
      Plot.lineY(steps, {x: at, y: "afterFirm", curve: step, stroke: colour("won"), strokeWidth: 2}),
      ...flag(shortOn, "warning", -24),
      ...(expectedLabel && expectedShortOn !== shortOn ? flag(expectedShortOn, "forecast", -8) : []),
      Plot.axisX({
        ticks: width < NARROW ? 4 : 8,
        tickSize: 3,
        label: null,
        fill: colour("muted"),
        anchor: "bottom"
      }),
      Plot.tip(rows, Plot.pointerX({...tipStyle(), x: at, y: "afterFirm", title: told}))
    ]
  })}</div>` as HTMLElement;
}
