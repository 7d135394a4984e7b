import type * as Plot from "@observablehq/plot";
import {svg} from "htl";
import {colour} from "../palette.js";
import {fitted, textWidth} from "./frame.js";

export interface EndLabel {
  /** Where the line ends, in the chart's own scales. */
  x: number | Date;
  y: number;
  /** Cut where the chart has no room for it. */
  text: string;
  /** CSS colour of the line. */
  tone: string;
}

const LINE = 16;
const GAP = 8;
/** Bold letters are a little wider than measured. */
export const BOLD = 1.06;

/**
 * Names at the ends of lines: in the right margin, moved apart when they would overlap; above the end when the
 * line stops before the chart does (or beside it, for curves that fall).
 */
export function endLabels(ends: readonly EndLabel[], inside: "above" | "beside" = "above"): Plot.Markish {
  return (_index, {x, y}, _channels, {width, height, marginRight, marginBottom}) => {
    const labels = ends
      .map((end) => ({...end, left: Number(x!(end.x)), top: Number(y!(end.y))}))
      .sort((a, b) => a.top - b.top);
    const outside = labels.filter(({left}) => left > width - marginRight - 24);
    const beside = inside === "beside" ? labels : outside;
    for (const [i, label] of beside.entries())
      for (const above of beside.slice(0, i))
        if (meet(above, label)) label.top = Math.max(label.top, above.top + LINE);
    // Back up from the axis, where curves that end at zero would write over its numbers.
    for (const [i, label] of [...beside.entries()].reverse()) {
      label.top = Math.min(label.top, height - marginBottom - LINE / 2);
      for (const below of beside.slice(i + 1))
        if (meet(label, below)) label.top = Math.min(label.top, below.top - LINE);
    }
    return svg`<g font-weight="600" stroke=${colour("surface")} stroke-width="5" paint-order="stroke" stroke-linejoin="round">${labels.map(
      (label) =>
        beside.includes(label)
          ? svg`<text text-anchor="start" x=${label.left + 8} y=${label.top} dy="0.32em" fill=${readable(label.tone)}>${within(label.text, width - label.left - 8)}</text>`
          : svg`<text text-anchor="end" x=${label.left + 4} y=${label.top - 13} fill=${readable(label.tone)}>${within(label.text, label.left + 4)}</text>`
    )}</g>`;
  };
}

/** The text, cut to its room. */
function within(text: string, room: number): string {
  return fitted(text, (room - 2) / BOLD);
}

/** Whether one label reaches to where the other begins, were they on one line. */
function meet(a: {left: number; text: string}, b: {left: number; text: string}): boolean {
  const [first, second] = a.left < b.left ? [a, b] : [b, a];
  return second.left < first.left + textWidth(first.text) + GAP;
}

/** Mixed colours, as of a ramp, may be too light for text; the meanings themselves are not. */
function readable(tone: string): string {
  return tone.startsWith("var(") ? tone : colour("ink");
}
