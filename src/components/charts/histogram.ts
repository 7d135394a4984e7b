import * as Plot from "@observablehq/plot";
import {count, days} from "../format.js";
import {colour, type Meaning} from "../palette.js";
import {behind, frame, NARROW, textWidth, tipStyle} from "./frame.js";

export interface Bin {
  /** From this many days (included) ... */
  from: number;
  /** ... to this many (excluded). */
  to: number;
  n: number;
}

export interface HistogramProps {
  /** Bins side by side, in order; counted in the mart, not here. */
  bins: readonly Bin[];
  /** Points of the distribution: median, P75. Null ones are left out. */
  marks?: readonly {value: number | null; label: string}[];
  width: number;
  meaning?: Meaning;
  noun?: string;
  height?: number;
}

/** How many records took how many days, with lines at the median and other points. */
export function Histogram({
  bins,
  marks = [],
  width,
  meaning = "open",
  noun = "deals",
  height = 220
}: HistogramProps): SVGSVGElement | HTMLElement {
  const drawn = marks.flatMap(({value, label}) =>
    value === null ? [] : [{value, text: `${label} ${days(value)}`}]
  );
  const lines = [...drawn].sort((a, b) => a.value - b.value);
  const last = Math.max(1, ...bins.map(({to}) => to), ...lines.map(({value}) => value));
  const first = Math.min(0, ...bins.map(({from}) => from));
  const high = Math.max(1, ...bins.map(({n}) => n));
  const top = 10 + lines.length * 17;
  const beside = (value: number, text: string) =>
    ((value - first) / (last - first)) * (width - 48) + textWidth(text) > width - 52;
  return frame({
    width,
    height: height + lines.length * 17,
    marginTop: top,
    marginBottom: 30,
    marginLeft: Math.ceil(textWidth(count(high))) + 14,
    marginRight: 8,
    x: {domain: [first, last], axis: null},
    y: {domain: [0, high], axis: null},
    marks: [
      Plot.gridY({ticks: 3, stroke: colour("line"), strokeOpacity: 1}),
      Plot.axisY({
        ticks: 3,
        tickSize: 0,
        tickPadding: 6,
        label: null,
        tickFormat: (n: number) => (Number.isInteger(n) ? count(n) : ""),
        fill: colour("muted")
      }),
      Plot.axisX({
        ticks: width < NARROW ? 4 : 8,
        tickSize: 4,
        label: null,
        tickFormat: (d: number) => days(d),
        fill: colour("muted"),
        stroke: colour("faint")
      }),
      Plot.rectY(bins, {
        x1: "from",
        x2: "to",
        y: "n",
        fill: colour(meaning),
        insetLeft: 0.5,
        insetRight: 0.5
      }),
      Plot.ruleY([0], {stroke: colour("faint")}),
      ...lines.flatMap(({value, text}, i) => [
        Plot.ruleX([value], {
          stroke: colour("ink"),
          strokeWidth: 1.25,
          insetTop: -(lines.length - i) * 17 + 4
        }),
        Plot.text([value], {
          x: (d: number) => d,
          frameAnchor: "top",
          dy: -(lines.length - i) * 17 + 9,
          dx: beside(value, text) ? -5 : 5,
          textAnchor: beside(value, text) ? "end" : "start",
          text: () => text,
          fill: colour("ink")
        })
      ]),
      Plot.tip(
        bins,
        Plot.pointerX({
          ...tipStyle(),
          x1: "from",
          x2: "to",
          y: "n",
          title: ({from, to, n}: Bin) =>
            `${days(from)} to ${days(to)}\n${behind(n, noun).trim().slice(1, -1)}`
        })
      )
    ]
  });
}
