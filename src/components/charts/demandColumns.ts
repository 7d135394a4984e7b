import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {colour} from "../palette.js";
import {axisWidth, exactly, frame, type Measure, NARROW, tipStyle, valueAxis} from "./frame.js";
import {Legend} from "./legend.js";
import {periodTicks} from "./periodTicks.js";

export interface DemandColumn {
  /** The period: "Jan 2026". Rows come in order. */
  label: string;
  /** Sure. */
  firm: number;
  /** What may be added: expected, and the ends of its band. */
  mean: number;
  low: number;
  high: number;
}

export interface DemandColumnsProps extends Measure {
  rows: readonly DemandColumn[];
  firmLabel: string;
  meanLabel: string;
  bandLabel: string;
  height?: number;
}

/** Columns by period: what is sure below, what is expected on top of it, and a whisker for the band of their sum. */
export function DemandColumns(props: DemandColumnsProps): HTMLElement {
  const {rows, width, firmLabel, meanLabel, bandLabel, height = width < NARROW ? 260 : 320} = props;
  const high = Math.max(0, ...rows.map(({firm, mean, high}) => firm + Math.max(mean, high))) || 1;
  const left = axisWidth(high, props);
  const step = (width - left - 8) / Math.max(1, rows.length);
  const ticks = periodTicks(
    rows.map(({label}) => label),
    step
  );
  const inset = Math.min(14, step * 0.16);
  const banded = rows.filter(({high}) => high > 0);
  const cap = Math.min(8, step * 0.18);
  const told = ({label, firm, mean, low, high}: DemandColumn) =>
    [
      label,
      `${firmLabel}: ${exactly(firm, props)}`,
      ...(high > 0 || mean > 0
        ? [
            `${meanLabel}: ${exactly(mean, props)}`,
            `${bandLabel}: ${exactly(low, props)} to ${exactly(high, props)}`
          ]
        : [])
    ].join("\n");
  const end = (y: (row: DemandColumn) => number) =>
    Plot.tickY(banded, {
      x: "label",
      y,
      stroke: colour("ink"),
      strokeWidth: 1.5,
      insetLeft: step / 2 - cap,
      insetRight: step / 2 - cap
    });
  return html`<div>${Legend([firmLabel, meanLabel, bandLabel], [colour("won"), colour("forecast"), colour("ink")])}${frame(
    {
      width,
      height,
      marginTop: 12,
      marginBottom: 38,
      marginLeft: left,
      marginRight: 8,
      x: {domain: rows.map(({label}) => label), axis: null, padding: 0},
      y: {domain: [0, high * 1.04], axis: null},
      marks: [
        valueAxis(props),
        Plot.barY(rows, {x: "label", y: "firm", fill: colour("won"), insetLeft: inset, insetRight: inset}),
        Plot.barY(rows, {
          x: "label",
          y1: "firm",
          y2: ({firm, mean}: DemandColumn) => firm + mean,
          fill: colour("forecast"),
          insetLeft: inset,
          insetRight: inset
        }),
        Plot.ruleY([0], {stroke: colour("faint")}),
        // An edge in the background's colour, so that it shows on the column too.
        whisker(banded, colour("surface"), 4.5),
        whisker(banded, colour("ink"), 1.5),
        end(({firm, low}) => firm + low),
        end(({firm, high}) => firm + high),
        Plot.axisX({
          ticks: rows.map(({label}) => label),
          tickFormat: (_: string, i: number) => ticks[i] ?? "",
          tickSize: 0,
          tickPadding: 8,
          label: null,
          fill: colour("muted")
        }),
        Plot.tip(
          rows,
          Plot.pointerX({
            ...tipStyle(),
            x: "label",
            y: ({firm, mean}: DemandColumn) => firm + mean,
            title: told
          })
        )
      ]
    }
  )}</div>` as HTMLElement;
}

function whisker(rows: readonly DemandColumn[], stroke: string, strokeWidth: number): Plot.Markish {
  return Plot.ruleX(rows, {
    x: "label",
    y1: ({firm, low}: DemandColumn) => firm + low,
    y2: ({firm, high}: DemandColumn) => firm + high,
    stroke,
    strokeWidth
  });
}
