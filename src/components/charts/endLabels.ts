import type * as Plot from "@observablehq/plot";
import {svg} from "htl";
import {colour} from "../palette.js";
import {textWidth} from "./frame.js";

export interface EndLabel {
  /** Where the line ends, in the chart's own scales. */
  x: number | Date;
  y: number;
  text: string;
  /** CSS colour of the line. */
  tone: string;
}

const LINE = 16;
const GAP = 8;

/**
 * Names at the ends of lines: in the right margin, moved apart when they would overlap; above the end when the
 * line stops before the chart does (or beside it, for curves that fall).
 */
export function endLabels(ends: readonly EndLabel[], inside: "above" | "beside" = "above"): Plot.Markish {
  return (_index, {x, y}, _channels, {width, marginRight}) => {
    const labels = ends
      .map((end) => ({...end, left: Number(x!(end.x)), top: Number(y!(end.y))}))
      .sort((a, b) => a.top - b.top);
    const outside = labels.filter(({left}) => left > width - marginRight - 24);
    const beside = inside === "beside" ? labels : outside;
    for (const [i, label] of beside.entries())
      for (const above of beside.slice(0, i)) {
        const [first, second] = above.left < label.left ? [above, label] : [label, above];
        const meets = second.left < first.left + textWidth(first.text) + GAP;
        if (meets) label.top = Math.max(label.top, above.top + LINE);
      }
    return svg`<g font-weight="600" stroke=${colour("surface")} stroke-width="3" paint-order="stroke" stroke-linejoin="round">${labels.map(
      (label) =>
        beside.includes(label)
          ? svg`<text text-anchor="start" x=${label.left + 8} y=${label.top} dy="0.32em" fill=${readable(label.tone)}>${label.text}</text>`
          : svg`<text text-anchor="end" x=${label.left + 4} y=${label.top - 13} fill=${readable(label.tone)}>${label.text}</text>`
    )}</g>`;
  };
}

/** Mixed colours, as of a ramp, may be too light for text; the meanings themselves are not. */
function readable(tone: string): string {
  return tone.startsWith("var(") ? tone : colour("ink");
}
