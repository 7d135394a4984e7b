import * as Plot from "@observablehq/plot";
import {count, percent} from "../format.js";
import {colour, type Meaning} from "../palette.js";
import {frame, NARROW, textWidth, tipStyle} from "./frame.js";
import {Legend} from "./legend.js";

export interface ReliabilityRow {
  /** What was said, and what share came, 0..1. */
  said: number;
  came: number;
  /** An interval of what came. */
  lo: number | null;
  hi: number | null;
  n: number;
  series: string;
}

export interface ReliabilityProps {
  rows: readonly ReliabilityRow[];
  width: number;
  /** Words of the axes. */
  saidLabel: string;
  cameLabel: string;
  /** Meanings of the series, in order of appearance. */
  meanings: readonly Meaning[];
  noun: string;
}

/** What came against what was said: on the diagonal a word was kept; bars are the room that luck has. */
export function Reliability(props: ReliabilityProps): HTMLElement {
  const {rows, width, saidLabel, cameLabel, meanings, noun} = props;
  const names = [...new Set(rows.map(({series}) => series))];
  const tone = ({series}: ReliabilityRow) => colour(meanings[names.indexOf(series)] ?? "open");
  const side = Math.min(width, 420);
  const left = Math.ceil(textWidth("100%")) + 12;
  const axis = {
    tickSize: 0,
    label: null,
    tickFormat: percent,
    fill: colour("muted"),
    ticks: width < NARROW ? 3 : 5
  };
  const plot = frame({
    width: side,
    height: side,
    marginTop: 24,
    marginRight: 16,
    marginBottom: 46,
    marginLeft: left,
    x: {domain: [0, 1], axis: null},
    y: {domain: [0, 1], axis: null},
    marks: [
      Plot.gridY({stroke: colour("line"), strokeOpacity: 1, ticks: 5}),
      Plot.axisY({...axis, tickPadding: 6}),
      Plot.axisX({...axis, tickPadding: 4}),
      Plot.text([cameLabel], {
        frameAnchor: "top-left",
        dy: -20,
        dx: -left + 4,
        text: (text: string) => text,
        fill: colour("muted"),
        textAnchor: "start"
      }),
      Plot.text([saidLabel], {
        frameAnchor: "bottom-right",
        dy: 40,
        text: (text: string) => text,
        fill: colour("muted"),
        textAnchor: "end"
      }),
      Plot.line(
        [
          [0, 0],
          [1, 1]
        ],
        {stroke: colour("ink"), strokeWidth: 1, strokeDasharray: "4 2"}
      ),
      Plot.ruleX(
        rows.filter(({lo, hi}) => lo !== null && hi !== null),
        {x: "said", y1: "lo", y2: "hi", stroke: tone, strokeOpacity: 0.45, strokeWidth: 2}
      ),
      Plot.line(rows, {
        x: "said",
        y: "came",
        z: "series",
        stroke: tone,
        strokeWidth: 1.5,
        strokeOpacity: 0.6
      }),
      Plot.dot(rows, {x: "said", y: "came", r: 4, fill: tone, stroke: colour("surface"), strokeWidth: 1}),
      Plot.tip(
        rows,
        Plot.pointer({
          ...tipStyle(),
          x: "said",
          y: "came",
          title: ({said, came, lo, hi, n, series}: ReliabilityRow) =>
            [
              ...(names.length > 1 ? [series] : []),
              `${saidLabel.toLowerCase()} ${percent(said)}`,
              `${cameLabel.toLowerCase()} ${percent(came)}`,
              ...(lo === null || hi === null
                ? []
                : [`luck leaves room for ${percent(lo)} to ${percent(hi)}`]),
              `${count(n)} ${noun}`
            ].join("\n")
        })
      )
    ]
  });
  const root = document.createElement("div");
  if (names.length > 1)
    root.append(
      Legend(
        names,
        names.map((_, i) => colour(meanings[i] ?? "open"))
      )
    );
  root.append(plot);
  return root;
}
