import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {date, signed} from "../format.js";
import {colour} from "../palette.js";
import {axisWidth, exactly, frame, type Measure, NARROW, tipStyle, valueAxis} from "./frame.js";
import {Legend} from "./legend.js";
import {pressable} from "./pressable.js";

/** Room right of the columns, px. */
const RIGHT = 8;

export interface FlowRow {
  /** ISO day the period begins; rows come in order. */
  on: string;
  /** How the period is called in tips: "week of 1 Jun 2026". */
  label: string;
  /** Signed parts by key: what came in is above zero, what went out below. */
  parts: Record<string, number>;
  /** The period is not over. */
  partial?: boolean;
}

export interface FlowsProps extends Measure {
  rows: readonly FlowRow[];
  /** Order from zero outwards, with their colours. */
  keys: readonly string[];
  colours: readonly string[];
  /** Called with a row's day; makes columns into buttons. */
  onSelect?: (on: string) => void;
  height?: number;
}

interface Part {
  on: string;
  key: string;
  value: number;
}

/** What came in (up) and went out (down) each period, with the difference as a mark. */
export function Flows(props: FlowsProps): HTMLElement {
  const {rows, keys, colours, width, onSelect, height = width < NARROW ? 240 : 280} = props;
  const parts: Part[] = rows.flatMap(({on, parts: values}) =>
    keys.map((key) => ({on, key, value: values[key] ?? 0}))
  );
  const sums = rows.map(({on, parts: values}) => {
    const amounts = Object.values(values);
    return {
      on,
      up: amounts.reduce((sum, value) => sum + Math.max(0, value), 0),
      down: amounts.reduce((sum, value) => sum + Math.min(0, value), 0)
    };
  });
  const high = Math.max(0, ...sums.map(({up}) => up)) || 1;
  const low = Math.min(0, ...sums.map(({down}) => down));
  const left = axisWidth(Math.max(high, -low), props) + 8;
  const step = (width - left - RIGHT) / rows.length;
  // Days of more than a year are ambiguous without it.
  const isLong = rows.length > 1 && Date.parse(rows.at(-1)!.on) - Date.parse(rows[0]!.on) > 360 * 86_400_000;
  const tickWidth = isLong ? 84 : 64;
  const every = Math.max(1, Math.ceil(tickWidth / step));
  // Half of the last name must fit between its column and the edge.
  const last = rows.length - 1 - Math.max(0, Math.ceil((tickWidth / 2 - RIGHT) / step - 0.5));
  const net = sums.map(({on, up, down}) => ({on, value: up + down}));
  const told = ({on}: {on: string}) => {
    const row = rows.find((each) => each.on === on)!;
    const lines = keys.flatMap((key) =>
      row.parts[key] ? [`${key}: ${signedExactly(row.parts[key]!, props)}`] : []
    );
    const sum = net.find((each) => each.on === on)!.value;
    return [
      `${row.label}${row.partial ? " (to date)" : ""}`,
      ...lines,
      `Together: ${signedExactly(sum, props)}`
    ].join("\n");
  };
  const plot = frame({
    width,
    height,
    marginTop: 10,
    marginBottom: 34,
    marginLeft: left,
    marginRight: RIGHT,
    x: {domain: rows.map(({on}) => on), axis: null, padding: 0},
    y: {domain: [low * 1.04, high * 1.04], axis: null},
    color: {domain: [...keys], range: [...colours]},
    marks: [
      valueAxis(props),
      onSelect
        ? Plot.barY(sums, {
            x: "on",
            y1: () => low,
            y2: () => high,
            fill: "transparent",
            render(index, scales, channels, dimensions, context, next) {
              const drawn = next!(index, scales, channels, dimensions, context) as SVGGElement;
              const name = (i: number) => told(sums[index[i]!]!).replaceAll("\n", ", ");
              pressable(drawn.children, name, (i) => onSelect(sums[index[i]!]!.on));
              return drawn;
            }
          })
        : null,
      Plot.barY(
        parts,
        Plot.stackY({
          x: "on",
          y: "value",
          z: "key",
          order: [...keys],
          fill: "key",
          insetLeft: Math.min(6, step * 0.12),
          insetRight: Math.min(6, step * 0.12),
          pointerEvents: "none"
        })
      ),
      Plot.ruleY([0], {stroke: colour("faint")}),
      Plot.tickY(net, {
        x: "on",
        y: "value",
        stroke: colour("surface"),
        strokeWidth: 5,
        pointerEvents: "none"
      }),
      Plot.tickY(net, {x: "on", y: "value", stroke: colour("ink"), strokeWidth: 2, pointerEvents: "none"}),
      Plot.axisX({
        ticks: rows.flatMap(({on}, i) => ((last - i) % every === 0 && i <= last ? [on] : [])),
        tickFormat: (on: string) => (isLong ? date(on) : date(on).replace(/ \d{4}$/, "")),
        tickSize: 0,
        tickPadding: 8,
        label: null,
        fill: colour("muted")
      }),
      Plot.tip(sums, Plot.pointerX({...tipStyle(), x: "on", y: "up", title: told}))
    ]
  });
  return html`<div>${Legend([...keys, "together"], [...colours, colour("ink")])}${plot}</div>`;
}

function signedExactly(value: number, measure: Measure): string {
  if (measure.unit !== "money") return signed(value, measure.unit);
  return `${value > 0 ? "+" : value < 0 ? "\u2212" : ""}${exactly(Math.abs(value), measure)}`;
}
