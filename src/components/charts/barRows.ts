import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {NOT_ENOUGH_DATA} from "../format.js";
import {colour, type Meaning, stackColours} from "../palette.js";
import {
  behind,
  briefly,
  exactly,
  fitted,
  frame,
  inTwoLines,
  type Measure,
  NARROW,
  textWidth,
  tipStyle
} from "./frame.js";
import {Legend} from "./legend.js";
import {pressable} from "./pressable.js";

export interface BarRow {
  /** The bar it belongs to. */
  label: string;
  /** What is written beside the bar in place of its label; "" for nothing. */
  text?: string;
  /** Null is what `missing` says and draws no bar. */
  value: number | null;
  /** Part of a stack: "direct", "partner", an age band. */
  key?: string;
  n?: number | null;
  /** Colour of this bar where it is not stacked; default that of all. */
  meaning?: Meaning;
}

export interface BarRowsProps extends Measure {
  /** One row a bar, or one a bar and key. */
  rows: readonly BarRow[];
  /** Order and names of the stack's parts; default: as they appear. */
  keys?: readonly string[];
  /** CSS colours of the keys; default from the palette. */
  colours?: readonly string[];
  /** Colour of bars that are not stacked. */
  meaning?: Meaning;
  /** Bars by value (largest first), or as given when order has meaning (stages). */
  order?: "value" | "given";
  /** What n counts. */
  noun?: string;
  /** What is written where there is no value; default "not enough data". */
  missing?: string;
  /** Called with a bar's label; makes bars into buttons. */
  onSelect?: (label: string) => void;
}

interface Bar {
  label: string;
  text: string;
  total: number | null;
  n: number | null;
  meaning: Meaning | undefined;
  parts: BarRow[];
}

/** Horizontal bars from zero with their values at the end; stacked when rows have keys. */
export function BarRows(props: BarRowsProps): SVGSVGElement | HTMLElement {
  const {
    rows,
    width,
    meaning = "open",
    order = "value",
    noun = "deals",
    missing = NOT_ENOUGH_DATA,
    onSelect
  } = props;
  const bars = gather(rows);
  if (order === "value") bars.sort((a, b) => (b.total ?? -Infinity) - (a.total ?? -Infinity));
  const keys = props.keys ?? [...new Set(rows.flatMap(({key}) => (key === undefined ? [] : [key])))];
  const colours = props.colours ?? stackColours(keys);
  const narrow = width < NARROW;
  const valueWords = ({total}: Bar) => (total === null ? missing : briefly(total, props));
  const countWords = ({n, total}: Bar) =>
    props.unit === "count" && n === total ? "" : behind(n, noun).trim().slice(1, -1);
  const endRoom =
    Math.max(
      ...bars.map(
        (bar) => textWidth(valueWords(bar)) + (countWords(bar) ? textWidth(countWords(bar)) + 8 : 0)
      )
    ) + 12;
  const labelRoom = narrow
    ? width
    : Math.min(Math.max(...bars.map(({text}) => textWidth(text, 13))) + 4, width * 0.34);
  const left = narrow ? 0 : Math.ceil(labelRoom) + 10;
  const high = Math.max(0, ...bars.map(({total}) => total ?? 0)) || 1;
  const low = Math.min(0, ...bars.map(({total}) => total ?? 0));
  const band = narrow ? 46 : 32;
  // On a phone a bar stands below its label; one without a label, close to the bar above it.
  const places = narrow
    ? [
        {bars: bars.filter(({text}) => text !== ""), middle: 8, inset: {insetTop: 22, insetBottom: 6}},
        {bars: bars.filter(({text}) => text === ""), middle: -13, inset: {insetTop: 1, insetBottom: 27}}
      ]
    : [{bars, middle: 0, inset: {insetTop: 6, insetBottom: 6}}];
  const end = (bar: Bar) => Math.max(0, bar.total ?? 0);
  const stacked = keys.length > 0;

  const plot = frame({
    width,
    height: bars.length * band + 4,
    marginTop: 2,
    marginBottom: 2,
    marginLeft: left,
    marginRight: Math.ceil(endRoom),
    x: {axis: null, domain: [low, high]},
    y: {axis: null, domain: bars.map(({label}) => label), padding: 0},
    color: {domain: [...keys], range: [...colours]},
    marks: [
      onSelect ? hits(bars, low, high, props) : null,
      ...places.map(({bars, inset}) =>
        Plot.barX(
          stacked ? bars.flatMap(({parts}) => parts) : bars.filter(({total}) => total !== null),
          stacked
            ? Plot.stackX({
                x: "value",
                y: "label",
                z: "key",
                order: [...keys],
                fill: "key",
                insetRight: 1,
                pointerEvents: "none",
                ...inset
              })
            : {
                x: "total",
                y: "label",
                fill: (bar: Bar) => colour(bar.meaning ?? meaning),
                rx: 1,
                pointerEvents: "none",
                ...inset
              }
        )
      ),
      Plot.ruleX([0], {stroke: colour("faint"), ...(narrow ? {strokeOpacity: 0} : {})}),
      Plot.text(bars, {
        x: 0,
        y: "label",
        text: (bar: Bar) => (narrow ? fitted : inTwoLines)(bar.text, labelRoom, 13),
        textAnchor: narrow ? "start" : "end",
        dx: narrow ? 0 : -10,
        dy: narrow ? -13 : 0,
        fill: colour("ink"),
        fontSize: 13,
        pointerEvents: "none",
        frameAnchor: "left"
      }),
      ...places.map(({bars, middle}) =>
        Plot.text(bars, {
          x: end,
          y: "label",
          text: valueWords,
          textAnchor: "start",
          dx: 6,
          dy: middle,
          fill: (bar: Bar) => (bar.total === null ? colour("muted") : colour("ink")),
          fontWeight: 600,
          pointerEvents: "none"
        })
      ),
      ...places.map(({bars, middle}) => counted(bars, valueWords, countWords, middle)),
      Plot.tip(
        bars,
        Plot.pointerY({
          ...tipStyle(),
          x: end,
          y: "label",
          title: (bar: Bar) => told(bar, keys, props, noun),
          anchor: "top",
          dy: 6
        })
      )
    ]
  });
  // Bars that are each one part of their own name need no legend: they say it already.
  const named = bars.every(({label, parts}) => parts.every(({key}) => key === label));
  return stacked && keys.length > 1 && !named ? html`<div>${Legend(keys, colours)}${plot}</div>` : plot;
}

function gather(rows: readonly BarRow[]): Bar[] {
  const bars = new Map<string, Bar>();
  for (const row of rows) {
    const bar = bars.get(row.label) ?? {
      label: row.label,
      text: row.text ?? (row.label.trim() || "(blank)"),
      total: null,
      n: null,
      meaning: row.meaning,
      parts: []
    };
    bars.set(row.label, bar);
    bar.parts.push(row);
    if (row.value !== null) bar.total = (bar.total ?? 0) + row.value;
    if (row.n !== null && row.n !== undefined) bar.n = (bar.n ?? 0) + row.n;
  }
  return [...bars.values()];
}

/** n in a quieter voice after the value. Its place depends on the value's text, so each bar draws its own. */
function counted(
  bars: readonly Bar[],
  valueWords: (bar: Bar) => string,
  countWords: (bar: Bar) => string,
  dy: number
): Plot.Markish[] {
  return bars.flatMap((bar) => {
    const words = countWords(bar);
    if (!words) return [];
    const dx = 6 + textWidth(valueWords(bar)) * 1.06 + 8;
    return [
      Plot.text([bar], {
        x: Math.max(0, bar.total ?? 0),
        y: "label",
        text: () => words,
        textAnchor: "start",
        dx,
        dy,
        fill: colour("muted"),
        pointerEvents: "none"
      })
    ];
  });
}

/** Full-width buttons under the bars: a target of the row's height, however short the bar. */
function hits(bars: readonly Bar[], low: number, high: number, props: BarRowsProps): Plot.Markish {
  return Plot.barX(bars, {
    x1: () => low,
    x2: () => high,
    y: "label",
    fill: "transparent",
    render(index, scales, channels, dimensions, context, next) {
      const drawn = next!(index, scales, channels, dimensions, context) as SVGGElement;
      const name = (i: number) =>
        told(bars[index[i]!]!, [], props, props.noun ?? "deals").replaceAll("\n", ", ");
      pressable(drawn.children, name, (i) => props.onSelect!(bars[index[i]!]!.label));
      return drawn;
    }
  });
}

function told(bar: Bar, keys: readonly string[], measure: Measure, noun: string): string {
  const lines = [bar.label, `${exactly(bar.total, measure)}${behind(bar.n, noun)}`];
  for (const key of keys) {
    const part = bar.parts.find((row) => row.key === key);
    if (part && part.value !== null)
      lines.push(`${key}: ${exactly(part.value, measure)}${behind(part.n, noun)}`);
  }
  return lines.join("\n");
}
