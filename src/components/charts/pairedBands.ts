import * as Plot from "@observablehq/plot";
import {colour, tint} from "../palette.js";
import {axisWidth, briefly, exactly, frame, type Measure, NARROW, tipStyle, valueAxis} from "./frame.js";
import {Legend} from "./legend.js";

/** One outcome with its uncertainty: what is expected, and central intervals. */
export interface Band {
  mean: number;
  low50: number;
  high50: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

export interface PairedBandsProps extends Measure {
  /** For each group (a period) the same series, in order. A missing target is null. */
  groups: readonly {label: string; bands: readonly Band[]; target?: number | null}[];
  /**
   * Names of the series: "forecast", "scenario". A single one is violet, as forecasts are everywhere; what scenarios are
   * compared with is grey, and they are violet, lighter each.
   */
  series: readonly string[];
  height?: number;
}

/** Bands side by side within each group, to compare outcomes: 95, 80 and 50% nested, the expected value as a line. */
export function PairedBands(props: PairedBandsProps): HTMLElement {
  const {groups, series, width, height = width < NARROW ? 260 : 320} = props;
  const rows = groups.flatMap(({label, bands}) =>
    bands.map((band, s) => ({...band, label, s, name: series[s]!}))
  );
  const targets = groups.filter(({target}) => target !== null && target !== undefined);
  const high = Math.max(...rows.map(({high95}) => high95), ...targets.map(({target}) => target ?? 0)) || 1;
  const left = axisWidth(high, props);
  const n = series.length;
  const step = (width - left - 20) / Math.max(1, groups.length);
  const wide = Math.max(4, Math.min(22, (step * 0.72) / n));
  const meaning = (s: number) => (s === 0 && n > 1 ? "lost" : "forecast") as "lost" | "forecast";
  const paler = (s: number) => 0.6 ** Math.max(0, s - 1);
  const shade = (strength: number) => (row: (typeof rows)[number]) =>
    tint(meaning(row.s), strength * paler(row.s));
  const band = (low: keyof Band, top: keyof Band, strength: number) =>
    series.map((_, s) =>
      Plot.ruleX(
        rows.filter((row) => row.s === s),
        {
          x: "label",
          y1: low,
          y2: top,
          dx: (s - (n - 1) / 2) * (wide + 3),
          stroke: shade(strength),
          strokeWidth: wide,
          strokeLinecap: "butt"
        }
      )
    );
  const plot = frame({
    width,
    height,
    marginTop: 16,
    marginBottom: 30,
    marginLeft: left,
    marginRight: 20,
    x: {type: "band", domain: groups.map(({label}) => label), axis: null, padding: 0.2},
    y: {domain: [0, high * 1.1], axis: null},
    marks: [
      valueAxis(props),
      Plot.ruleY([0], {stroke: colour("faint")}),
      Plot.axisX({tickSize: 0, tickPadding: 8, label: null, fill: colour("muted")}),
      ...band("low95", "high95", 0.22),
      ...band("low80", "high80", 0.45),
      ...band("low50", "high50", 0.75),
      ...series.map((_, s) =>
        Plot.dot(
          rows.filter((row) => row.s === s),
          {
            x: "label",
            y: "mean",
            dx: (s - (n - 1) / 2) * (wide + 3),
            r: Math.max(2.5, Math.min(4, wide / 4)),
            fill: colour("surface"),
            stroke: colour("ink"),
            strokeWidth: 1.5
          }
        )
      ),
      Plot.tickY(targets, {
        x: "label",
        y: "target",
        stroke: colour("ink"),
        strokeWidth: 1.5,
        strokeDasharray: "4 2"
      }),
      Plot.text(targets, {
        x: "label",
        y: "target",
        text: ({target}: PairedBandsProps["groups"][number]) => briefly(target ?? null, props),
        // Over the end of its line: the bands stand in the middle.
        textAnchor: "end",
        dx: 0.4 * step,
        dy: -8,
        fill: colour("ink"),
        stroke: colour("surface"),
        strokeWidth: 4,
        fontWeight: 600
      }),
      Plot.tip(
        groups,
        Plot.pointerX({
          ...tipStyle(),
          x: "label",
          y: (group: (typeof groups)[number]) => Math.max(...group.bands.map(({high80}) => high80)),
          title: (group: (typeof groups)[number]) => told(group, props)
        })
      )
    ]
  });
  const root = document.createElement("div");
  const colours = series.map((_, s) => tint(meaning(s), 0.75 * paler(s)));
  root.append(Legend(series, colours), plot);
  return root;
}

function told({label, bands, target}: PairedBandsProps["groups"][number], props: PairedBandsProps): string {
  return [
    label,
    ...bands.map(
      ({mean, low80, high80}, s) =>
        `${props.series[s]}: ${exactly(Math.round(mean), props)} (80%: ${briefly(low80, props)} to ${briefly(high80, props)})`
    ),
    ...(target === null || target === undefined ? [] : [`target ${briefly(target, props)}`])
  ].join("\n");
}
