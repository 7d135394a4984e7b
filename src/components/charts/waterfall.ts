import * as Plot from "@observablehq/plot";
import {signed} from "../format.js";
import {colour, type Meaning} from "../palette.js";
import {
  behind,
  briefly,
  exactly,
  fitted,
  frame,
  halo,
  type Measure,
  NARROW,
  textWidth,
  tipStyle
} from "./frame.js";
import {pressable} from "./pressable.js";

export interface WaterfallRow {
  label: string;
  /** A level (begin, end), or the signed change a line makes. */
  value: number;
  isLevel?: boolean;
  n?: number | null;
  meaning: Meaning;
}

export interface WaterfallProps extends Measure {
  /** In order: a level, changes, a level. */
  rows: readonly WaterfallRow[];
  noun?: string;
  /** Called with a row's label; makes rows into buttons. */
  onSelect?: (label: string) => void;
}

/** Share of the width that labels beside bars may take. */
const LABELS = 0.34;

interface Bar extends WaterfallRow {
  from: number;
  to: number;
}

/** From one level to the next by what came and went: floating bars, top to bottom, each from where the last one ended. */
export function Waterfall(props: WaterfallProps): SVGSVGElement | HTMLElement {
  const {rows, width, noun = "deals", onSelect} = props;
  const bars = placed(rows);
  const room = Math.max(...bars.map(({label}) => textWidth(label, 13)));
  // Labels too long to stand beside the bars stand above them.
  const narrow = width < NARROW || room > LABELS * width;
  const texts = bars.map((bar) =>
    bar.isLevel ? briefly(bar.value, props) : signed(bar.value, props.unit, props.currency ?? null)
  );
  const counts = bars.map(({n}) => behind(n, noun).trim().slice(1, -1));
  const left = narrow ? 0 : Math.ceil(room) + 12;
  const right = Math.ceil(
    Math.max(...texts.map((text, i) => textWidth(text) * 1.08 + textWidth(counts[i]!) + 18))
  );
  const low = axisStart(bars);
  const high = Math.max(0, ...bars.map(({from, to}) => Math.max(from, to))) || 1;
  const band = narrow ? 44 : 30;
  const inset = narrow ? {insetTop: 20, insetBottom: 6} : {insetTop: 5, insetBottom: 5};
  const dy = narrow ? 7 : 0;
  const end = ({from, to}: Bar) => Math.max(from, to);
  return frame({
    width,
    height: bars.length * band + 6 + (low > 0 ? 18 : 0),
    marginTop: 3,
    marginBottom: low > 0 ? 21 : 3,
    marginLeft: left,
    marginRight: right,
    x: {axis: null, domain: [low, high]},
    y: {axis: null, domain: bars.map(({label}) => label), padding: 0},
    marks: [
      onSelect ? hits(bars, low, high, props) : null,
      Plot.ruleX([Math.max(0, low)], {
        stroke: colour("faint"),
        ...(narrow ? {strokeOpacity: 0} : {}),
        ...(low > 0 ? {strokeDasharray: "2 3"} : {})
      }),
      links(bars, band, inset),
      Plot.barX(bars, {
        x1: (bar: Bar) => Math.max(low, Math.min(bar.from, bar.to)),
        x2: end,
        y: "label",
        fill: (bar: Bar) => colour(bar.meaning),
        fillOpacity: (bar: Bar) => (bar.isLevel ? 1 : 0.82),
        rx: 1,
        pointerEvents: "none",
        ...inset
      }),
      low > 0
        ? Plot.text([low], {
            x: () => low,
            text: () => `The axis begins at ${briefly(low, props)}`,
            frameAnchor: "bottom",
            textAnchor: "start",
            dy: 14,
            fill: colour("muted")
          })
        : null,
      ...[true, false].map((isLevel) =>
        Plot.text(
          bars.filter((bar) => (bar.isLevel ?? false) === isLevel),
          {
            x: () => low,
            y: "label",
            text: ({label}: Bar) => fitted(label, narrow ? width : left - 12, 13),
            textAnchor: narrow ? "start" : "end",
            dx: narrow ? 0 : -10,
            dy: narrow ? -13 : 0,
            fill: colour("ink"),
            fontWeight: isLevel ? 600 : 400,
            fontSize: 13,
            pointerEvents: "none",
            // Above the bars a label may lie on the line from one bar to the next.
            ...(narrow ? halo() : {})
          }
        )
      ),
      ...bars.flatMap((bar, i) => [
        Plot.text([bar], {
          x: end,
          y: "label",
          text: () => texts[i]!,
          textAnchor: "start",
          dx: 6,
          dy,
          fill: colour("ink"),
          fontWeight: 600,
          pointerEvents: "none"
        }),
        Plot.text([bar], {
          x: end,
          y: "label",
          text: () => counts[i]!,
          textAnchor: "start",
          dx: 6 + textWidth(texts[i]!) * 1.08 + 8,
          dy,
          fill: colour("muted"),
          pointerEvents: "none"
        })
      ]),
      Plot.tip(
        bars,
        Plot.pointerY({
          ...tipStyle(),
          x: end,
          y: "label",
          title: (bar: Bar) => told(bar, props),
          anchor: "top",
          dy: 6
        })
      )
    ]
  });
}

/** Zero; but where levels dwarf what changed between them, short of the lowest one, which the chart says. */
function axisStart(bars: readonly Bar[]): number {
  const edges = bars.flatMap(({from, to, isLevel}) => (isLevel ? [to] : [from, to]));
  const [low, high] = [Math.min(...edges), Math.max(...edges)];
  const start = low - (high - low) * 0.5;
  if (high === low || start < high * 0.5) return Math.min(0, low);
  return Number(start.toPrecision(2)) < low ? Number(start.toPrecision(2)) : start;
}

function placed(rows: readonly WaterfallRow[]): Bar[] {
  let level = 0;
  return rows.map((row) => {
    const from = row.isLevel ? 0 : level;
    level = from + row.value;
    return {...row, from, to: level};
  });
}

/** Thin lines from where a bar ends to where the next begins. */
function links(
  bars: readonly Bar[],
  band: number,
  {insetTop, insetBottom}: {insetTop: number; insetBottom: number}
) {
  const steps = bars.slice(0, -1).map(({label, to}) => ({label, to}));
  const half = band / 2;
  return Plot.tickX(steps, {
    x: "to",
    y: "label",
    stroke: colour("faint"),
    insetTop: half + (half - insetBottom),
    insetBottom: -insetTop
  });
}

function told(bar: Bar, props: WaterfallProps): string {
  const amount = exactly(Math.abs(bar.value), props);
  const sign = bar.isLevel || bar.value === 0 ? "" : bar.value > 0 ? "+" : "\u2212";
  return `${bar.label}\n${sign}${amount}${behind(bar.n, props.noun ?? "deals")}`;
}

function hits(bars: readonly Bar[], low: number, high: number, props: WaterfallProps): Plot.Markish {
  return Plot.barX(bars, {
    x1: () => low,
    x2: () => high,
    y: "label",
    fill: "transparent",
    render(index, scales, channels, dimensions, context, next) {
      const drawn = next!(index, scales, channels, dimensions, context) as SVGGElement;
      const name = (i: number) => told(bars[index[i]!]!, props).replace("\n", ", ");
      pressable(drawn.children, name, (i) => props.onSelect!(bars[index[i]!]!.label));
      return drawn;
    }
  });
}
