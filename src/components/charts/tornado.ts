import * as Plot from "@observablehq/plot";
import {colour} from "../palette.js";
import {briefly, exactly, fitted, frame, type Measure, NARROW, textWidth, tipStyle} from "./frame.js";

export interface TornadoRow {
  label: string;
  /** What is reached with the lever at each end, and what the ends are, in words. */
  atLo: number;
  atHi: number;
  loWords: string;
  hiWords: string;
}

export interface TornadoProps extends Measure {
  /** Widest first. */
  rows: readonly TornadoRow[];
  /** Where everything stands now. */
  centre: number;
}

/** From where things stand to both ends of what each lever has been: the longest bar matters most. */
export function Tornado(props: TornadoProps): SVGSVGElement | HTMLElement {
  const {rows, centre, width} = props;
  const narrow = width < NARROW;
  const ends = rows.flatMap(({label, atLo, atHi, loWords, hiWords}) => [
    {label, value: atLo, words: loWords, toLeft: atLo <= atHi},
    {label, value: atHi, words: hiWords, toLeft: atHi < atLo}
  ]);
  const clip = (value: number, side: "lost" | "forecast") =>
    side === "lost" ? Math.min(value, centre) : Math.max(value, centre);
  const room = Math.max(...rows.map(({label}) => textWidth(label, 13)));
  const left = narrow ? 0 : Math.ceil(Math.min(room, width * 0.3)) + 12;
  const side = Math.ceil(Math.max(...ends.map(({words}) => textWidth(words)))) + 10;
  const band = narrow ? 46 : 30;
  const values = [centre, ...ends.map(({value}) => value)];
  const inset = narrow ? {insetTop: 22, insetBottom: 6} : {insetTop: 6, insetBottom: 6};
  return frame({
    width,
    height: rows.length * band + 26,
    marginTop: 22,
    marginBottom: 4,
    marginLeft: left + side,
    marginRight: side,
    x: {axis: null, domain: [Math.min(...values), Math.max(...values)]},
    y: {axis: null, domain: rows.map(({label}) => label), padding: 0},
    marks: [
      ...(["lost", "forecast"] as const).map((side) =>
        Plot.barX(rows, {
          x1: ({atLo}: TornadoRow) => clip(atLo, side),
          x2: ({atHi}: TornadoRow) => clip(atHi, side),
          y: "label",
          fill: colour(side),
          fillOpacity: 0.85,
          ...inset
        })
      ),
      Plot.ruleX([centre], {stroke: colour("ink"), strokeWidth: 1}),
      Plot.text([centre], {
        x: () => centre,
        text: () => briefly(centre, props),
        frameAnchor: "top",
        dy: -14,
        fill: colour("ink"),
        fontWeight: 600
      }),
      ...[true, false].map((toLeft) =>
        Plot.text(
          ends.filter((end) => end.toLeft === toLeft),
          {
            // Beside the bar, never across the line in the middle.
            x: ({value}: (typeof ends)[number]) =>
              toLeft ? Math.min(value, centre) : Math.max(value, centre),
            y: "label",
            text: "words",
            textAnchor: toLeft ? "end" : "start",
            dx: toLeft ? -5 : 5,
            dy: narrow ? 8 : 0,
            fill: colour("muted")
          }
        )
      ),
      Plot.text(rows, {
        y: "label",
        frameAnchor: "left",
        dx: -(left + side) + (narrow ? 0 : left - 10),
        dy: narrow ? -13 : 0,
        text: ({label}: TornadoRow) => fitted(label, narrow ? width : left - 12, 13),
        textAnchor: narrow ? "start" : "end",
        fill: colour("ink"),
        fontSize: 13
      }),
      Plot.tip(
        rows,
        Plot.pointerY({
          ...tipStyle(),
          x: () => centre,
          y: "label",
          title: ({label, atLo, atHi, loWords, hiWords}: TornadoRow) =>
            `${label}\n${loWords}: ${exactly(Math.round(atLo), props)}\n${hiWords}: ${exactly(Math.round(atHi), props)}`
        })
      )
    ]
  });
}
