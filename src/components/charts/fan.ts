import * as Plot from "@observablehq/plot";
import {date, day} from "../format.js";
import {colour, tint} from "../palette.js";
import {
  axisWidth,
  briefly,
  exactly,
  frame,
  type Measure,
  NARROW,
  textWidth,
  tipStyle,
  valueAxis
} from "./frame.js";

/** What will have been reached by the end of a day. */
export interface FanRow {
  on: string;
  mean: number;
  low10: number;
  high10: number;
  low50: number;
  high50: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

export interface FanPeriod {
  label: string;
  /** First and last day. */
  from: string;
  to: string;
  /** What was reached so far, oldest first. */
  sofar: readonly {on: string; value: number}[];
  fan: readonly FanRow[];
  target: number | null;
}

export interface FanProps extends Measure {
  /** In order of time; each begins at zero. */
  periods: readonly FanPeriod[];
  asOf: string;
  /** What the solid line is: "won". */
  reachedLabel: string;
  height?: number;
}

const BANDS = [
  ["low95", "high95", 0.14],
  ["low80", "high80", 0.3],
  ["low50", "high50", 0.52],
  ["low10", "high10", 0.9]
] as const;

/**
 * Running totals of periods side by side: what was reached as a line, what may follow as nested bands of 95, 80, 50 and
 * 10%, the target as a thin dark line.
 */
export function Fan(props: FanProps): SVGSVGElement | HTMLElement {
  const {periods, asOf, width, reachedLabel} = props;
  const narrow = width < NARROW;
  const height = props.height ?? (narrow ? 260 : 340);
  const high =
    Math.max(...periods.flatMap(({fan, target}) => [...fan.map(({high95}) => high95), target ?? 0])) || 1;
  const left = axisWidth(high, props);
  const rows = periods.flatMap((period) =>
    period.fan.map((row) => ({...row, at: day(row.on), period: period.label}))
  );
  const reached = periods.flatMap(({sofar, label}) =>
    sofar.map(({on, value}) => ({at: day(on), value, period: label}))
  );
  const ends = periods.flatMap(({fan, label}) => {
    const last = fan.at(-1);
    return last ? [{...last, at: day(last.on), label}] : [];
  });
  const endText = (row: {mean: number}) => briefly(row.mean, props);
  const right = Math.ceil(Math.max(0, ...ends.map((row) => textWidth(endText(row))))) + 14;
  const targets = periods.flatMap(({target, from, to, label}) =>
    target === null ? [] : [{x1: day(from), x2: day(to), target, label}]
  );
  const [from, to] = [day(periods[0]!.from).getTime(), day(periods.at(-1)!.to).getTime()];
  const reach = ((day(asOf).getTime() - from) / (to - from)) * (width - left - right);
  const asOfText = `as of ${date(asOf)}`;
  const isFirst = reach < textWidth(asOfText);
  const inside = (on: {x1: Date}) => on.x1.getTime();
  return frame({
    width,
    height,
    marginTop: 26,
    marginBottom: 34,
    marginLeft: left,
    marginRight: right,
    x: {type: "utc", domain: [day(periods[0]!.from), day(periods.at(-1)!.to)], axis: null},
    y: {domain: [0, high * 1.06], axis: null},
    marks: [
      valueAxis(props),
      Plot.ruleY([0], {stroke: colour("faint")}),
      Plot.axisX({
        ticks: narrow ? 4 : 7,
        tickSize: 4,
        tickPadding: 4,
        label: null,
        stroke: colour("faint"),
        fill: colour("muted")
      }),
      ...BANDS.map(([low, top, strength]) =>
        Plot.areaY(rows, {x: "at", y1: low, y2: top, z: "period", fill: tint("forecast", strength)})
      ),
      Plot.ruleX(
        periods.slice(1).map(({from}) => day(from)),
        {stroke: colour("line")}
      ),
      Plot.ruleX([day(asOf)], {stroke: colour("muted"), strokeDasharray: "2 3"}),
      Plot.text(narrow ? [] : [day(asOf)], {
        x: (at: Date) => at,
        text: () => asOfText,
        frameAnchor: "top",
        // Before a quarter's first day there is no room on the left.
        textAnchor: isFirst ? "start" : "end",
        dx: isFirst ? 4 : -4,
        dy: -2,
        fill: colour("muted")
      }),
      Plot.text(periods, {
        x: (period: FanPeriod) => day(period.from),
        text: "label",
        frameAnchor: "top",
        textAnchor: "start",
        dx: 4,
        dy: -20,
        fontWeight: 600,
        fill: colour("ink")
      }),
      Plot.lineY(reached, {
        x: "at",
        y: "value",
        z: "period",
        stroke: colour("won"),
        strokeWidth: 2.25,
        curve: "step-after"
      }),
      Plot.ruleY(targets, {
        y: "target",
        x1: "x1",
        x2: "x2",
        stroke: colour("ink"),
        strokeWidth: 1.5,
        strokeDasharray: "4 2"
      }),
      Plot.text(targets, {
        x: inside,
        y: "target",
        text: ({target}: {target: number}) => `target ${briefly(target, props)}`,
        textAnchor: "start",
        dx: 4,
        dy: -9,
        fill: colour("ink"),
        stroke: colour("surface"),
        strokeWidth: 3
      }),
      Plot.dot(ends, {
        x: "at",
        y: "mean",
        r: 3.5,
        fill: colour("surface"),
        stroke: colour("ink"),
        strokeWidth: 1.5
      }),
      Plot.text(ends, {
        x: "at",
        y: "mean",
        text: endText,
        textAnchor: "start",
        dx: 7,
        fill: colour("ink"),
        fontWeight: 600,
        stroke: colour("surface"),
        strokeWidth: 3
      }),
      Plot.tip(
        rows,
        Plot.pointerX({
          ...tipStyle(),
          x: "at",
          y: "high80",
          title: (row: FanRow & {period: string}) => told(row, props)
        })
      ),
      Plot.tip(
        reached,
        Plot.pointerX({
          ...tipStyle(),
          x: "at",
          y: "value",
          maxRadius: 20,
          title: ({at, value}: {at: Date; value: number}) =>
            `${date(at)}\n${reachedLabel} ${exactly(value, props)}`
        })
      )
    ]
  });
}

function told(row: FanRow & {period: string}, props: Measure): string {
  const range = (low: number, high: number) => `${briefly(low, props)} to ${briefly(high, props)}`;
  return [
    `${row.period}, by ${date(row.on)}`,
    `expected ${exactly(row.mean, props)}`,
    `50%: ${range(row.low50, row.high50)}`,
    `80%: ${range(row.low80, row.high80)}`,
    `95%: ${range(row.low95, row.high95)}`
  ].join("\n");
}
