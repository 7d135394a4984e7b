import * as Plot from "@observablehq/plot";
import {date, day, month} from "../format.js";
import {colour, type Meaning, stackColours, tint} from "../palette.js";
import {BOLD, endLabels} from "./endLabels.js";
import {
  axisWidth,
  behind,
  briefly,
  exactly,
  frame,
  halo,
  type Measure,
  NARROW,
  textWidth,
  tipStyle,
  valueAxis
} from "./frame.js";
import {periodTicks} from "./periodTicks.js";

export interface TrendRow {
  /** ISO date: the start of the month or week, or the day. */
  on: string;
  /** The period as the firm says it: "2026 Q2". When rows have it, ticks and tips say it; else calendar months. */
  label?: string;
  /** Null breaks the line: not enough data. */
  value: number | null;
  n?: number | null;
  /** The period is not over: drawn dashed, with a hollow end. */
  partial?: boolean;
  /** One line a series. */
  series?: string;
  /** A band around the value; both or neither. */
  lo?: number | null;
  hi?: number | null;
}

export interface TrendProps extends Measure {
  /** Oldest first within a series. */
  rows: readonly TrendRow[];
  /** How tips say a date: months, or days (weeks too). */
  grain?: "month" | "day";
  /** Fills under the line (one series only). */
  area?: boolean;
  meaning?: Meaning;
  /** CSS colours of the series, in order of appearance. */
  colours?: readonly string[];
  /** A level to reach, drawn as a thin dark line. */
  target?: {value: number; label: string} | null;
  /** ISO date of the data: a line, when time goes beyond. */
  asOf?: string | null;
  /** The axis starts at zero (default), or at the data for measures where zero says nothing. */
  fromZero?: boolean;
  noun?: string;
  height?: number;
}

interface Point extends TrendRow {
  at: Date;
  line: string;
  tone: string;
}

/** Lines over time, each named at its end; bands for uncertainty, dashes for what is not over. */
export function Trend(props: TrendProps): SVGSVGElement | HTMLElement {
  const {
    rows,
    width,
    area = false,
    meaning = "open",
    target = null,
    asOf = null,
    fromZero = true,
    noun = "deals",
    height = width < NARROW ? 220 : 260
  } = props;
  const names = [...new Set(rows.map(({series = ""}) => series))];
  const tones = props.colours ?? (names.length > 1 ? stackColours(names) : [colour(meaning)]);
  const given: Point[] = rows.map((row) => {
    const line = row.series ?? "";
    return {...row, at: day(row.on), line, tone: tones[names.indexOf(line)] ?? colour(meaning)};
  });
  const points = names.flatMap((name) => given.filter(({line}) => line === name));
  const numbers = points
    .flatMap(({value, lo, hi}) => [value, lo, hi])
    .filter((v) => v !== null && v !== undefined);
  if (target) numbers.push(target.value);
  const high = Math.max(...numbers, 0) || 1;
  const low = Math.min(...numbers, ...(fromZero ? [0] : []));
  const left = axisWidth(high, props);
  const ends = names.flatMap((name) => points.findLast((p) => p.line === name && p.value !== null) ?? []);
  const endText = (point: Point) => `${briefly(point.value, props)}${point.line ? ` ${point.line}` : ""}`;
  const room = Math.min(width * 0.3, Math.max(0, ...ends.map((point) => textWidth(endText(point)))));
  const right = Math.ceil(room * BOLD) + 14;
  const last = Math.max(...points.map(({at}) => at.getTime()));
  const cut = asOf && day(asOf).getTime() < last ? day(asOf) : null;
  const targetText = target ? `${target.label} ${briefly(target.value, props)}` : "";
  const cutText = cut ? `as of ${date(cut)}` : "";
  // On a phone the words above the line of the target would reach those of the day: they go below it.
  const first = Math.min(...points.map(({at}) => at.getTime()));
  const cutLeft = cut
    ? ((cut.getTime() - first) / (last - first || 1)) * (width - left - right) - textWidth(cutText) / 2
    : Infinity;
  const isTight = textWidth(targetText) + 12 > cutLeft;
  const say = (at: string) => (props.grain === "day" ? date(at) : month(at));
  const told = (point: Point) =>
    [
      `${point.line ? `${point.line}, ` : ""}${point.label ?? say(point.on)}${point.partial ? " (to date)" : ""}`,
      `${exactly(point.value, props)}${behind(point.n, noun)}`,
      ...(point.lo === null || point.lo === undefined
        ? []
        : [`${exactly(point.lo, props)} to ${exactly(point.hi ?? null, props)}`])
    ].join("\n");

  return frame({
    width,
    height,
    marginTop: 16,
    marginBottom: 36,
    marginLeft: left,
    marginRight: right,
    x: {type: "utc", axis: null},
    y: {domain: [low, high * 1.04], axis: null, ...(fromZero ? {} : {nice: true})},
    marks: [
      valueAxis(props),
      timeAxis(points, width, width - left - right),
      fromZero ? Plot.ruleY([0], {stroke: colour("faint")}) : null,
      Plot.areaY(
        points.filter(({lo, hi}) => lo !== null && lo !== undefined && hi !== null && hi !== undefined),
        {
          x: "at",
          y1: "lo",
          y2: "hi",
          z: "line",
          fill: (p: Point) => p.tone,
          fillOpacity: 0.16
        }
      ),
      area && names.length === 1
        ? Plot.areaY(solid(points), {x: "at", y1: () => low, y2: "value", fill: tint(meaning, 0.12)})
        : null,
      target ? Plot.ruleY([target.value], {stroke: colour("ink"), strokeWidth: 1.25}) : null,
      target
        ? Plot.text([target.value], {
            y: (v: number) => v,
            text: () => targetText,
            frameAnchor: "left",
            textAnchor: "start",
            dx: 4,
            dy: isTight ? 12 : -12,
            fill: colour("ink"),
            ...halo()
          })
        : null,
      cut ? Plot.ruleX([cut], {stroke: colour("muted"), strokeDasharray: "2 3"}) : null,
      cut
        ? Plot.text([cut], {
            x: (d: Date) => d,
            text: () => cutText,
            frameAnchor: "top",
            dy: -12,
            fill: colour("muted")
          })
        : null,
      Plot.lineY(solid(points), {
        x: "at",
        y: "value",
        z: "line",
        stroke: (p: Point) => p.tone,
        strokeWidth: 2
      }),
      Plot.lineY(dashed(points), {
        x: "at",
        y: "value",
        z: "line",
        stroke: (p: Point) => p.tone,
        strokeWidth: 2,
        strokeDasharray: "3 4",
        strokeOpacity: 0.75
      }),
      Plot.dot(lonely(points), {x: "at", y: "value", r: 2.5, fill: (p: Point) => p.tone}),
      Plot.dot(ends, {
        x: "at",
        y: "value",
        r: 3.5,
        fill: (p: Point) => (p.partial ? colour("surface") : p.tone),
        stroke: (p: Point) => p.tone,
        strokeWidth: 1.5
      }),
      endLabels(
        ends.map((point) => ({
          x: point.at,
          y: point.value!,
          text: endText(point),
          tone: point.tone
        }))
      ),
      Plot.ruleX(points, Plot.pointerX({x: "at", stroke: colour("faint")})),
      Plot.tip(points, Plot.pointer({...tipStyle(), x: "at", y: "value", title: told, maxRadius: 60}))
    ]
  });
}

/** Ticks at the firm's own periods when the rows name them, else at calendar dates. */
function timeAxis(points: readonly Point[], width: number, inner: number): Plot.Markish {
  const look = {tickSize: 4, tickPadding: 4, label: null, stroke: colour("faint"), fill: colour("muted")};
  const periods = new Map(points.flatMap(({at, label}) => (label ? [[at.getTime(), label] as const] : [])));
  if (periods.size === 0) return Plot.axisX({...look, ticks: Math.max(3, Math.floor(width / 90))});
  const starts = [...periods.keys()].sort((a, b) => a - b);
  const texts = periodTicks(
    starts.map((start) => periods.get(start)!),
    inner / Math.max(1, starts.length - 1)
  );
  const kept = starts.filter((_, i) => texts[i] !== "");
  const words = new Map(starts.map((start, i) => [start, texts[i]!]));
  return Plot.axisX(
    kept.map((start) => new Date(start)),
    {...look, tickFormat: (at: Date) => words.get(at.getTime()) ?? ""}
  );
}

/** Points up to the first unfinished one; those after it break the line. */
function solid(points: readonly Point[]): Point[] {
  return points.map((point) => (point.partial ? {...point, value: null} : point));
}

/** Unfinished points with the one before them. */
function dashed(points: readonly Point[]): Point[] {
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    const leads = next?.partial && next.line === point.line;
    return point.partial || leads ? [point] : [];
  });
}

/** Points with a gap on both sides: a line would not show them. */
function lonely(points: readonly Point[]): Point[] {
  const known = (point: Point | undefined, line: string) =>
    point !== undefined && point.line === line && point.value !== null;
  return points.filter(
    (point, i) =>
      point.value !== null && !known(points[i - 1], point.line) && !known(points[i + 1], point.line)
  );
}
