import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {colour, type Meaning, stackColours} from "../palette.js";
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
import {hatch} from "./hatch.js";
import {Legend} from "./legend.js";
import {periodTicks} from "./periodTicks.js";

export interface ColumnRow {
  /** The period as the firm says it: "Jan 2026", "2026 Q1". Rows come in order. */
  label: string;
  /** Null is "not enough data" and draws no column. */
  value: number | null;
  /** Quota or plan of the period, once a period; null for none. */
  target?: number | null;
  n?: number | null;
  /** The period is not over: its column is hatched. */
  partial?: boolean;
  /** Part of a stack. */
  key?: string;
}

export interface ColumnsProps extends Measure {
  rows: readonly ColumnRow[];
  keys?: readonly string[];
  colours?: readonly string[];
  meaning?: Meaning;
  /** What the target is: "quota". */
  targetLabel?: string;
  noun?: string;
  height?: number;
}

interface Period {
  label: string;
  total: number | null;
  target: number | null;
  n: number | null;
  partial: boolean;
  parts: ColumnRow[];
}

/** Columns from zero by period, each against a thin dark target; the unfinished period is hatched. */
export function Columns(props: ColumnsProps): SVGSVGElement | HTMLElement {
  const {
    rows,
    width,
    meaning = "won",
    targetLabel = "target",
    noun = "deals",
    height = width < NARROW ? 240 : 280
  } = props;
  const periods = gather(rows);
  const keys = props.keys ?? [...new Set(rows.flatMap(({key}) => (key === undefined ? [] : [key])))];
  const colours = props.colours ?? stackColours(keys);
  const high = Math.max(0, ...periods.flatMap(({total, target}) => [total ?? 0, target ?? 0])) || 1;
  const left = axisWidth(high, props);
  const lastTarget = periods.findLast(({target}) => target !== null);
  const lastText = periods.findLast(({total}) => total !== null)?.total ?? 0;
  const right =
    Math.ceil(Math.max(textWidth(briefly(lastText, props)), lastTarget ? textWidth(targetLabel) : 0)) + 10;
  const step = (width - left - right) / periods.length;
  const ticks = periodTicks(
    periods.map(({label}) => label),
    step
  );
  const inset = Math.min(16, step * 0.16);
  const stripes = hatch();
  const partial = periods.filter((period) => period.partial && period.total !== null);
  const roomy =
    step >= Math.max(...periods.map(({total}) => textWidth(total === null ? "" : briefly(total, props)))) + 4;
  const labelled = roomy
    ? periods.filter(({total}) => total !== null)
    : periods.filter(({total}) => total !== null).slice(-1);
  const stacked = keys.length > 0;

  const plot = frame({
    width,
    height,
    marginTop: 22,
    marginBottom: 38,
    marginLeft: left,
    marginRight: right,
    x: {domain: periods.map(({label}) => label), axis: null, padding: 0},
    y: {domain: [0, high * 1.04], axis: null},
    color: {domain: [...keys], range: [...colours]},
    marks: [
      stripes.defs,
      valueAxis(props),
      Plot.barY(
        stacked ? periods.flatMap(({parts}) => parts) : periods,
        stacked
          ? Plot.stackY({
              x: "label",
              y: "value",
              z: "key",
              order: [...keys],
              fill: "key",
              insetLeft: inset,
              insetRight: inset,
              insetTop: 1
            })
          : {x: "label", y: "total", fill: colour(meaning), insetLeft: inset, insetRight: inset}
      ),
      Plot.barY(partial, {x: "label", y: "total", fill: stripes.paint, insetLeft: inset, insetRight: inset}),
      Plot.ruleY([0], {stroke: colour("faint")}),
      targets(periods, inset / 2, colour("surface"), 5),
      targets(periods, inset / 2, colour("ink"), 2),
      lastTarget
        ? Plot.text([lastTarget], {
            x: "label",
            y: "target",
            text: () => targetLabel,
            textAnchor: "start",
            dx: step / 2 + 2,
            dy: lastTarget.total !== null && labelAt(lastTarget) === lastTarget.target ? 6 : 0,
            fill: colour("ink")
          })
        : null,
      Plot.text(labelled, {
        x: "label",
        y: labelAt,
        text: ({total}: Period) => briefly(total, props),
        dy: -9,
        ...(roomy ? {} : {textAnchor: "start", dx: inset - step / 2}),
        fill: colour("ink"),
        fontWeight: 600,
        ...halo()
      }),
      Plot.axisX({
        ticks: periods.map(({label}) => label),
        tickFormat: (_: string, i: number) => ticks[i] ?? "",
        tickSize: 0,
        tickPadding: 8,
        label: null,
        fill: colour("muted")
      }),
      Plot.tip(
        periods,
        Plot.pointerX({
          ...tipStyle(),
          x: "label",
          y: ({total, target}: Period) => total ?? target ?? 0,
          title: (period: Period) => told(period, keys, props, targetLabel, noun)
        })
      )
    ]
  });
  return stacked && keys.length > 1 ? html`<div>${Legend(keys, colours)}${plot}</div>` : plot;
}

/** The targets' ticks; drawn twice, the wider one under the other, so that they show on any column. */
function targets(
  periods: readonly Period[],
  inset: number,
  stroke: string,
  strokeWidth: number
): Plot.Markish {
  const set = periods.filter(({target}) => target !== null);
  return Plot.tickY(set, {x: "label", y: "target", stroke, strokeWidth, insetLeft: inset, insetRight: inset});
}

/** A column's value sits above its target when the two would touch. */
function labelAt({total, target}: Period): number {
  const value = total ?? 0;
  return target !== null && target > value && target < value * 1.16 ? target : value;
}

function gather(rows: readonly ColumnRow[]): Period[] {
  const periods = new Map<string, Period>();
  for (const row of rows) {
    const period = periods.get(row.label) ?? {
      label: row.label,
      total: null,
      target: null,
      n: null,
      partial: false,
      parts: []
    };
    periods.set(row.label, period);
    period.parts.push(row);
    if (row.value !== null) period.total = (period.total ?? 0) + row.value;
    if (row.n !== null && row.n !== undefined) period.n = (period.n ?? 0) + row.n;
    period.target ??= row.target ?? null;
    period.partial ||= row.partial ?? false;
  }
  return [...periods.values()];
}

function told(
  period: Period,
  keys: readonly string[],
  measure: Measure,
  targetLabel: string,
  noun: string
): string {
  const lines = [
    `${period.label}${period.partial ? " (to date)" : ""}`,
    `${exactly(period.total, measure)}${behind(period.n, noun)}`
  ];
  for (const key of keys) {
    const part = period.parts.find((row) => row.key === key);
    if (part && part.value !== null)
      lines.push(`${key}: ${exactly(part.value, measure)}${behind(part.n, noun)}`);
  }
  if (period.target !== null) lines.push(`${targetLabel}: ${exactly(period.target, measure)}`);
  return lines.join("\n");
}
