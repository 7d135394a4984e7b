import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {signed} from "../format.js";
import {colour, type Meaning, tint} from "../palette.js";
import {briefly, exactly, fitted, frame, type Measure, NARROW, textWidth, tipStyle} from "./frame.js";
import {pressable} from "./pressable.js";

export interface RangeRow {
  label: string;
  value: number;
  lo: number;
  hi: number;
  /** A level to compare with, such as the cost: a thin dark line. */
  mark?: number | null;
  /** What is there already: a bar from zero. */
  base?: number | null;
  /** Few records stand behind it: a hollow dot. */
  isThin?: boolean;
  /** More lines of the tip. */
  said?: readonly string[];
}

export interface RangeRowsProps extends Measure {
  rows: readonly RangeRow[];
  meaning?: Meaning;
  /** Of the bar from zero; default that of the row. */
  baseMeaning?: Meaning;
  /** What dot, line, bar and mark are, in words. */
  words: {value: string; range: string; base?: string; mark?: string};
  /** Values are differences of ratios: said with their sign, in points. */
  isDifference?: boolean;
  /** What lies beyond is drawn at the edge; its figures are said whole. */
  upTo?: number;
  /** Called with a row's label; makes rows into buttons. */
  onSelect?: (label: string) => void;
}

/** One row a thing: a dot with its range, over a bar of what is there already, against a mark to compare with. */
export function RangeRows(props: RangeRowsProps): SVGSVGElement | HTMLElement {
  const {rows, width, meaning = "open", words} = props;
  const narrow = width < NARROW;
  const brief = (value: number) => (props.isDifference ? difference(value) : briefly(value, props));
  const values = rows.map(({value}) => brief(value));
  const right = Math.ceil(Math.max(...values.map((text) => textWidth(text)))) + 16;
  const labelRoom = narrow
    ? width - right
    : Math.min(width * 0.3, Math.max(...rows.map(({label}) => textWidth(label, 13))) + 4);
  const left = narrow ? 6 : Math.ceil(labelRoom) + 14;
  const band = narrow ? 48 : 34;
  const down = narrow ? 9 : 0;
  const shift = narrow ? {dy: down} : {};
  const highest =
    Math.max(...rows.flatMap(({value, hi, mark, base}) => [value, hi, mark ?? 0, base ?? 0])) || 1;
  const top = Math.min(highest, props.upTo ?? highest);
  const low = Math.min(0, ...rows.map(({lo}) => lo));
  const tone = colour(meaning);
  const baseTone = tint(props.baseMeaning ?? meaning, props.baseMeaning ? 0.6 : 0.38);
  const based = rows.filter(({base}) => base !== null && base !== undefined);
  const marked = rows.filter(({mark}) => mark !== null && mark !== undefined);
  const plot = frame({
    width,
    height: rows.length * band + 34,
    marginTop: 4,
    marginBottom: 28,
    marginLeft: left,
    marginRight: right,
    x: {domain: [low, top * 1.04], axis: null, clamp: true},
    y: {type: "band", domain: rows.map(({label}) => label), axis: null, padding: 0},
    marks: [
      props.onSelect ? hits(rows, low, top, props) : null,
      Plot.gridX({ticks: narrow ? 3 : 5, stroke: colour("line"), strokeOpacity: 1}),
      Plot.axisX({
        ticks: narrow ? 3 : 5,
        tickSize: 0,
        label: null,
        tickFormat: (value: number) => brief(value),
        fill: colour("muted")
      }),
      // In narrow charts names stand between the rows, where no line may cross them.
      low < 0
        ? Plot.tickX(rows, {
            pointerEvents: "none",
            x: () => 0,
            y: "label",
            stroke: colour("muted"),
            strokeWidth: 1.5,
            insetTop: narrow ? 22 : 0,
            insetBottom: narrow ? 4 : 0
          })
        : null,
      Plot.barX(based, {
        pointerEvents: "none",
        x: (row: RangeRow) => row.base ?? 0,
        y: "label",
        fill: baseTone,
        insetTop: narrow ? 24 : 8,
        insetBottom: narrow ? 6 : 8
      }),
      Plot.ruleY(rows, {
        pointerEvents: "none",
        y: "label",
        x1: "lo",
        x2: "hi",
        stroke: tone,
        strokeWidth: 2,
        ...shift
      }),
      Plot.tickX(marked, {
        pointerEvents: "none",
        x: (row: RangeRow) => row.mark ?? 0,
        y: "label",
        stroke: colour("ink"),
        strokeWidth: 2,
        insetTop: narrow ? 22 : 5,
        insetBottom: narrow ? 4 : 5
      }),
      Plot.dot(rows, {
        pointerEvents: "none",
        x: "value",
        y: "label",
        r: 5,
        stroke: tone,
        strokeWidth: 1.75,
        fill: (row: RangeRow) => (row.isThin ? colour("surface") : tone),
        ...shift
      }),
      Plot.text(rows, {
        pointerEvents: "none",
        y: "label",
        frameAnchor: "left",
        textAnchor: narrow ? "start" : "end",
        dx: narrow ? -6 : -10,
        dy: narrow ? -12 : 0,
        text: ({label}: RangeRow) => fitted(label, labelRoom, 13),
        fill: colour("ink"),
        // In narrow charts names stand on the lines of the scale.
        ...(narrow ? {stroke: colour("surface"), strokeWidth: 4} : {}),
        fontSize: 13
      }),
      Plot.text(rows, {
        pointerEvents: "none",
        y: "label",
        frameAnchor: "right",
        textAnchor: "end",
        dx: right - 2,
        dy: narrow ? -12 : 0,
        text: (_: RangeRow, i: number) => values[i]!,
        fill: colour("ink"),
        fontWeight: 600
      }),
      Plot.tip(
        rows,
        Plot.pointerY({
          ...tipStyle(),
          x: "value",
          y: "label",
          title: (row: RangeRow) => told(row, props),
          anchor: "top",
          dy: 6
        })
      )
    ]
  });
  const item = (text: string | undefined, style: Record<string, string>) =>
    text ? html`<li><span class="weir-swatch" style=${style}></span>${text}</li>` : null;
  return html`<div>
    <ul class="weir-legend">
      ${item(words.base, {background: baseTone})}
      ${item(words.value, {background: tone, borderRadius: "50%"})}
      ${item(words.range, {background: tone, height: "2px"})}
      ${item(words.mark, {background: colour("ink"), width: "2px", height: "12px"})}
    </ul>
    ${plot}
  </div>`;
}

/** Buttons of a row's height under the marks. */
function hits(rows: readonly RangeRow[], low: number, top: number, props: RangeRowsProps): Plot.Markish {
  return Plot.barX(rows, {
    x1: () => low,
    x2: () => top,
    y: "label",
    fill: "transparent",
    render(index, scales, channels, dimensions, context, next) {
      const drawn = next!(index, scales, channels, dimensions, context) as SVGGElement;
      const name = (i: number) => told(rows[index[i]!]!, props).replaceAll("\n", ", ");
      pressable(drawn.children, name, (i) => props.onSelect!(rows[index[i]!]!.label));
      return drawn;
    }
  });
}

/** "+4.3 pts"; nought is "0 pts" on an axis, where "no change" would be odd. */
function difference(value: number): string {
  return Math.abs(value) < 5e-4 ? "0 pts" : signed(value, "ratio");
}

function told(row: RangeRow, props: RangeRowsProps): string {
  const {words} = props;
  const exact = (value: number) => (props.isDifference ? difference(value) : exactly(value, props));
  return [
    row.label,
    `${words.value} ${exact(row.value)}`,
    `${words.range} ${exact(row.lo)} to ${exact(row.hi)}`,
    ...(words.base && row.base !== null && row.base !== undefined
      ? [`${words.base} ${exactly(row.base, props)}`]
      : []),
    ...(words.mark && row.mark !== null && row.mark !== undefined
      ? [`${words.mark} ${exactly(row.mark, props)}`]
      : []),
    ...(row.said ?? [])
  ].join("\n");
}
