import * as Plot from "@observablehq/plot";
import {count, percent} from "../format.js";
import {colour, type Meaning} from "../palette.js";
import {frame, NARROW, tipStyle} from "./frame.js";
import {keepLabels} from "./keepLabels.js";

export interface FunnelPoint {
  label: string;
  /** Records behind the rate, 1 or more. */
  n: number;
  /** 0..1 */
  rate: number;
}

export interface FunnelLimits {
  /** 1.96 for 95%, 3.09 for 99.8%. */
  z: number;
  label: string;
}

export interface FunnelPlotProps {
  points: readonly FunnelPoint[];
  /** The rate of all together, 0..1. */
  mean: number;
  /** Rates between which chance alone keeps a peer with n records. */
  limits: (n: number, z: number) => {lo: number; hi: number};
  lines: readonly FunnelLimits[];
  width: number;
  meaning?: Meaning;
  noun?: string;
  height?: number;
}

const STEPS = 60;
const [LEFT, RIGHT, BELOW] = [44, 16, 36];

/**
 * Rates of peers against the number of records behind each, with the limits within which chance alone keeps them: narrow for
 * many records, wide for few.
 * @see Spiegelhalter (2005), Statistics in Medicine 24:1185-1202
 */
export function FunnelPlot(props: FunnelPlotProps): SVGSVGElement | HTMLElement {
  const {points, mean, limits, lines, width, meaning = "partner", noun = "deals", height = 320} = props;
  const most = Math.max(10, ...points.map(({n}) => n)) * 1.08;
  const curves = lines.flatMap(({z, label}) =>
    Array.from({length: STEPS + 1}, (_, i) => {
      const n = Math.round(1 + ((most - 1) * i) / STEPS);
      return {n, label, ...limits(n, z)};
    })
  );
  const [inner, outer] = lines.map(({z}) => (point: FunnelPoint) => {
    const {lo, hi} = limits(point.n, z);
    return point.rate < lo || point.rate > hi;
  });
  const beyond = points.filter((point) => inner?.(point) ?? false);
  const named = keepLabels(beyond, width < NARROW ? 3 : 8, ({n, rate}) => ({
    x: LEFT + (n / most) * (width - LEFT - RIGHT),
    y: (1 - rate) * (height - BELOW)
  }));
  return frame({
    width,
    height,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginBottom: BELOW,
    x: {domain: [0, most], label: null},
    y: {domain: [0, 1], label: null},
    marks: [
      Plot.gridY({stroke: colour("line"), strokeOpacity: 1, ticks: 4}),
      Plot.axisY({tickSize: 0, ticks: 4, tickFormat: percent, label: null, fill: colour("muted")}),
      Plot.axisX({
        tickSize: 0,
        ticks: width < NARROW ? 4 : 8,
        label: `closed ${noun}`,
        labelArrow: "none",
        fill: colour("muted")
      }),
      Plot.ruleY([mean], {stroke: colour("ink"), strokeWidth: 1.25}),
      ...(["lo", "hi"] as const).map((end) =>
        Plot.line(curves, {
          x: "n",
          y: end,
          z: "label",
          stroke: colour("muted"),
          strokeWidth: 1,
          strokeDasharray: "4 3"
        })
      ),
      Plot.dot(points, {
        x: "n",
        y: "rate",
        r: 4.5,
        stroke: colour(meaning),
        strokeWidth: 1.75,
        fill: (point: FunnelPoint) => (outer?.(point) || inner?.(point) ? colour(meaning) : colour("surface"))
      }),
      Plot.text(named, {
        x: "n",
        y: "rate",
        text: "label",
        dy: -11,
        fill: colour("ink"),
        stroke: colour("surface"),
        strokeWidth: 4
      }),
      Plot.tip(
        points,
        Plot.pointer({
          x: "n",
          y: "rate",
          title: ({label, n, rate}: FunnelPoint) => `${label}\n${percent(rate)} of ${count(n)} ${noun}`,
          ...tipStyle()
        })
      )
    ]
  });
}
