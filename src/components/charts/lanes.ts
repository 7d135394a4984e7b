import * as Plot from "@observablehq/plot";
import {date, day} from "../format.js";
import {colour} from "../palette.js";
import {fitted, frame, NARROW, textWidth, tipStyle} from "./frame.js";

/** A state that lasted in a lane. */
export interface LaneSpan {
  lane: string;
  /** ISO days. */
  from: string;
  to: string;
  label: string;
  /** Said in the tip, in place of the label. */
  detail?: string;
  /** CSS colour of the bar. */
  fill: string;
}

/** Something that happened in a moment. */
export interface LaneMark {
  lane: string;
  on: string;
  label: string;
  /** CSS colour. */
  fill: string;
}

export interface LanesProps {
  /** From top to bottom. */
  lanes: readonly string[];
  spans: readonly LaneSpan[];
  marks: readonly LaneMark[];
  width: number;
  /** ISO day of the data: a line. */
  asOf?: string | null;
}

/** States and moments of one thing over time: a lane for each kind, bars for what lasted, dots for what happened. */
export function Lanes({lanes, spans, marks, width, asOf = null}: LanesProps): SVGSVGElement | HTMLElement {
  const narrow = width < NARROW;
  const left = narrow ? 2 : Math.ceil(Math.max(...lanes.map((lane) => textWidth(lane, 13)))) + 14;
  const right = 12;
  const band = narrow ? 52 : 36;
  const down = narrow ? 9 : 0;
  const times = [...spans.flatMap(({from, to}) => [from, to]), ...marks.map(({on}) => on)].map((at) =>
    day(at).getTime()
  );
  const [first, last] = [Math.min(...times), Math.max(...times, asOf ? day(asOf).getTime() : -Infinity)];
  const end = last > first ? last : first + 86_400_000;
  const perMs = (width - left - right) / (end - first);
  const room = ({from, to}: LaneSpan) => (day(to).getTime() - day(from).getTime()) * perMs - 10;
  const labelled = spans.filter((span) => room(span) > 26);
  return frame({
    width,
    height: lanes.length * band + 50,
    marginTop: 20,
    marginBottom: 30,
    marginLeft: left,
    marginRight: right,
    x: {type: "utc", domain: [new Date(first), new Date(end)], axis: null},
    y: {type: "band", domain: [...lanes], axis: null, padding: 0},
    marks: [
      Plot.axisX({
        ticks: Math.max(2, Math.floor(width / 110)),
        tickSize: 4,
        label: null,
        stroke: colour("faint"),
        fill: colour("muted")
      }),
      Plot.barX(spans, {
        x1: ({from}: LaneSpan) => day(from),
        x2: ({to}: LaneSpan) => day(to),
        y: "lane",
        fill: "fill",
        stroke: colour("surface"),
        strokeWidth: 1,
        insetTop: narrow ? 23 : 6,
        insetBottom: 6
      }),
      Plot.text(labelled, {
        x: ({from}: LaneSpan) => day(from),
        y: "lane",
        dx: 5,
        dy: down,
        textAnchor: "start",
        text: (span: LaneSpan) => fitted(span.label, room(span)),
        fill: colour("ink")
      }),
      Plot.dot(marks, {
        x: ({on}: LaneMark) => day(on),
        y: "lane",
        dy: down,
        r: 4,
        fill: "fill",
        fillOpacity: 0.75,
        stroke: colour("surface")
      }),
      Plot.text([...lanes], {
        y: (lane: string) => lane,
        frameAnchor: "left",
        textAnchor: narrow ? "start" : "end",
        dx: narrow ? 0 : -10,
        dy: narrow ? -15 : 0,
        text: (lane: string) => lane,
        fill: narrow ? colour("muted") : colour("ink"),
        fontSize: narrow ? 12 : 13
      }),
      asOf ? Plot.ruleX([day(asOf)], {stroke: colour("muted"), strokeDasharray: "2 3"}) : null,
      asOf
        ? Plot.text([day(asOf)], {
            x: (at: Date) => at,
            frameAnchor: "top",
            dy: -12,
            textAnchor: "end",
            text: () => `as of ${date(asOf)}`,
            fill: colour("muted")
          })
        : null,
      Plot.tip(
        [...spans, ...marks],
        Plot.pointer({
          ...tipStyle(),
          x: (item: LaneSpan | LaneMark) => ("on" in item ? day(item.on) : middle(item)),
          y: "lane",
          title: told,
          maxRadius: 160
        })
      )
    ]
  });
}

function middle({from, to}: LaneSpan): Date {
  return new Date((day(from).getTime() + day(to).getTime()) / 2);
}

function told(item: LaneSpan | LaneMark): string {
  if ("on" in item) return [item.lane, item.label, date(item.on)].join("\n");
  return [item.lane, item.detail ?? item.label, `${date(item.from)} to ${date(item.to)}`].join("\n");
}
