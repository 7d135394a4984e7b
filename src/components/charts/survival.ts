import * as Plot from "@observablehq/plot";
import {html, svg} from "htl";
import {count, days, percent} from "../format.js";
import {colour, type Meaning, stackColours} from "../palette.js";
import {BOLD, endLabels} from "./endLabels.js";
import {fitted, frame, NARROW, textWidth, tipStyle} from "./frame.js";
import {Legend} from "./legend.js";

export interface SurvivalRow {
  /** Days since the start. */
  t: number;
  /** Share still there after t days, 0..1. Rows come in order of t within a group. */
  s: number;
  /** Confidence band, 0..1; null when it cannot be had. */
  lo?: number | null;
  hi?: number | null;
  /** Deals still at risk just before t. */
  nAtRisk: number;
  group?: string;
}

export interface SurvivalProps {
  rows: readonly SurvivalRow[];
  width: number;
  meaning?: Meaning;
  /** CSS colours of the groups, in order of appearance. */
  colours?: readonly string[];
  /** What the share is of: "still open". */
  words?: string;
  /** What those are who can still leave: "Still open". */
  atRisk?: string;
  /** Below this many at risk the curve is thin and dashed; 10 when absent. */
  smallN?: number;
  /** Last day drawn; default: when fewer than 2% are left of every group. */
  upTo?: number;
  height?: number;
}

interface Step extends SurvivalRow {
  line: string;
  tone: string;
}

/** Where the axis may end, so that curves which stay low can be read. */
const TOPS = [0.1, 0.2, 0.4, 0.6, 0.8, 1];

/** Step curves of shares with confidence bands, and the numbers at risk under the axis. */
export function Survival(props: SurvivalProps): SVGSVGElement | HTMLElement {
  const {rows, width, meaning = "open", words = "still open", smallN = 10, height = 260} = props;
  const risk = props.atRisk ?? "Still there";
  const names = [...new Set(rows.map(({group = ""}) => group))];
  const tones = props.colours ?? (names.length > 1 ? stackColours(names) : [colour(meaning)]);
  const all: Step[] = rows.map((row) => {
    const line = row.group ?? "";
    return {...row, line, tone: tones[names.indexOf(line)] ?? colour(meaning)};
  });
  const last =
    props.upTo ??
    Math.max(1, ...all.filter(({s}, i) => s >= 0.02 || (all[i - 1]?.s ?? 0) >= 0.02).map(({t}) => t));
  const steps = all.filter(({t}) => t <= last);
  const sure = steps.filter(
    ({nAtRisk, line}, i) =>
      nAtRisk >= smallN || (steps[i - 1]?.line === line && steps[i - 1]!.nAtRisk >= smallN)
  );
  const highest = Math.max(0, ...steps.map(({s, hi}) => Math.max(s, hi ?? 0)));
  const top = TOPS.find((each) => highest <= each) ?? 1;
  const shares = [0, top / 4, top / 2, top * 0.75, top];
  const ends = names.flatMap((name) => steps.findLast(({line}) => line === name) ?? []);
  const direct = names.length === 2;
  const room = direct ? Math.min(width * 0.26, Math.max(...names.map((name) => textWidth(name)))) : 8;
  const left = Math.max(
    44,
    Math.min(width * 0.24, Math.max(...(names.length > 1 ? names : [risk]).map((name) => textWidth(name)))) +
      26
  );
  const ticks = riskTicks(last, Math.max(2, Math.floor((width - left - room) / 70)));
  const below = 48 + names.length * 16 + (names.length > 1 ? 16 : 0);
  const told = ({t, s, lo, hi, nAtRisk, line}: Step) =>
    [
      `${line ? `${line}, ` : ""}after ${days(t)}`,
      `${percent(s)} ${words}${lo === null || lo === undefined ? "" : ` (${percent(lo)} to ${percent(hi ?? null)})`}`,
      `${count(nAtRisk)} ${risk.toLowerCase()}`
    ].join("\n");
  const line = {x: "t", y: "s", z: "line", stroke: (d: Step) => d.tone, curve: "step-after"} as const;
  const plot = frame({
    width,
    height: (width < NARROW ? height * 0.85 : height) + below - 36,
    marginTop: 12,
    marginBottom: below,
    marginLeft: Math.ceil(left),
    marginRight: Math.ceil(room * BOLD) + 12,
    x: {domain: [0, last], axis: null},
    y: {domain: [0, top], axis: null},
    marks: [
      Plot.gridY(shares, {stroke: colour("line"), strokeOpacity: 1}),
      Plot.axisY(shares, {
        tickSize: 0,
        tickPadding: 6,
        label: null,
        tickFormat: percent,
        fill: colour("muted")
      }),
      Plot.ruleY([0], {stroke: colour("faint")}),
      Plot.axisX(ticks, {
        tickSize: 4,
        tickFormat: (t: number) => days(t),
        label: null,
        fill: colour("muted"),
        stroke: colour("faint")
      }),
      Plot.areaY(
        steps.filter(({lo, hi}) => lo !== null && lo !== undefined && hi !== null && hi !== undefined),
        {
          x: "t",
          y1: "lo",
          y2: "hi",
          z: "line",
          fill: (d: Step) => d.tone,
          fillOpacity: 0.14,
          curve: "step-after"
        }
      ),
      Plot.lineY(sure, {...line, strokeWidth: 2}),
      Plot.lineY(
        steps.filter(({nAtRisk}) => nAtRisk < smallN),
        {...line, strokeWidth: 1.25, strokeDasharray: "2 3"}
      ),
      Plot.dot(ends, {
        x: "t",
        y: "s",
        r: 3.5,
        stroke: (d: Step) => d.tone,
        strokeWidth: 1.5,
        fill: (d: Step) => (d.nAtRisk < smallN ? colour("surface") : d.tone)
      }),
      direct
        ? endLabels(
            ends.map(({t, s, line: name, tone}) => ({x: t, y: s, text: name, tone})),
            "beside"
          )
        : null,
      atRisk(all, names, ticks, left, risk),
      Plot.tip(steps, Plot.pointer({...tipStyle(), x: "t", y: "s", title: told, maxRadius: 60}))
    ]
  });
  return names.length > 2 ? html`<div>${Legend(names, tones)}${plot}</div>` : plot;
}

/** Round numbers of days, at most `most` of them. */
function riskTicks(longest: number, most: number): number[] {
  const step =
    [1, 2, 5, 10, 15, 30, 60, 90, 120, 180, 365, 730].find((d) => longest / d <= most) ??
    Math.ceil(longest / most);
  return Array.from({length: Math.floor(longest / step) + 1}, (_, i) => i * step);
}

/** One line of numbers a group, under the ticks, with the group's name before it. */
function atRisk(
  steps: readonly Step[],
  names: readonly string[],
  ticks: readonly number[],
  left: number,
  words: string
): Plot.Markish {
  return (_index, {x}, _channels, {height, marginBottom}) => {
    const top = height - marginBottom + 44;
    const text = (at: number, y: number, words: string, anchor: string, fill: string) =>
      svg`<text x=${at} y=${y} text-anchor=${anchor} fill=${fill}>${words}</text>`;
    const first = names.length > 1 ? [text(0, top, `${words}, by then`, "start", colour("muted"))] : [];
    const lines = names.flatMap((name, i) => {
      const y = top + 16 * (i + first.length);
      const line = steps.filter((step) => step.line === name);
      const at = (tick: number) => line.find(({t}) => t >= tick)?.nAtRisk ?? 0;
      return [
        text(0, y, names.length > 1 ? fitted(name, left - 20) : words, "start", colour("muted")),
        ...ticks.map((tick) => text(Number(x!(tick)), y, count(at(tick)), "middle", colour("ink")))
      ];
    });
    return svg`<g>${[...first, ...lines]}</g>`;
  };
}
