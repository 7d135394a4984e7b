import * as Plot from "@observablehq/plot";
import {colour} from "../palette.js";
import {fitted} from "./frame.js";

const SIZE = 13;

/** Names of rows or lanes left of the plot, cut where the margin has no room for them. @param left the margin, px */
export function rowLabels(names: readonly string[], channel: "y" | "fy", left: number): Plot.Markish {
  return Plot.text(names, {
    [channel]: (d: string) => d,
    frameAnchor: "left",
    textAnchor: "end",
    dx: -10,
    text: (d: string) => fitted(d, left - 12, SIZE),
    fill: colour("ink"),
    fontSize: SIZE
  });
}
