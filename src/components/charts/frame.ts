import * as Plot from "@observablehq/plot";
import {count, formatValue, money, type Unit} from "../format.js";
import {colour} from "../palette.js";
import {FONT_SIZE, textWidth} from "../textWidth.js";

export {FONT_SIZE, textWidth};

/** What every chart takes: its width in px, and how its measure reads. */
export interface Measure {
  width: number;
  unit: Unit;
  /** ISO code for money; null when amounts have no single currency. */
  currency?: string | null;
}

/** Below this width charts lay out for a phone. */
export const NARROW = 480;

/** A plot with Weir's type and no decoration; marks that are null are left out. */
export function frame(options: Plot.PlotOptions): SVGSVGElement | HTMLElement {
  return Plot.plot({
    className: "weir-plot",
    style: {fontSize: `${FONT_SIZE}px`, fontFamily: "inherit", color: colour("ink"), overflow: "visible"},
    ...options
  });
}

/** A value in full, for tips: exact money with its currency. */
export function exactly(value: number | null, {unit, currency = null}: Measure): string {
  return unit === "money" ? money(value, currency, {exact: true}) : formatValue(value, unit, currency);
}

/** A value in brief, for labels and ticks. */
export function briefly(value: number | null, {unit, currency = null}: Measure): string {
  return formatValue(value, unit, currency);
}

/** " (23 deals)", or nothing when n is unknown. */
export function behind(n: number | null | undefined, noun = "deals"): string {
  if (n === null || n === undefined) return "";
  return ` (${count(n)} ${n === 1 ? noun.replace(/s$/, "") : noun})`;
}

/** An edge in the background's colour, so that text stays legible where it crosses a line. */
export function halo(): Plot.TextOptions {
  return {stroke: colour("surface"), strokeWidth: 3};
}

/** How a tip looks: a quiet box that reads its title channel. */
export function tipStyle(): Plot.TipOptions {
  return {
    fill: "var(--weir-raised)",
    stroke: "var(--weir-line-strong)",
    fontSize: FONT_SIZE,
    lineHeight: 1.4,
    textPadding: 8,
    pathFilter: "drop-shadow(0 2px 6px rgb(0 0 0 / 14%))",
    pointerSize: 8
  };
}

/** Faint horizontal grid with few human ticks on the left. */
export function valueAxis(measure: Measure, options: Plot.AxisYOptions = {}): Plot.Markish[] {
  const text = (value: number) => briefly(value, measure);
  return [
    Plot.gridY({stroke: colour("line"), strokeOpacity: 1, ticks: 4, ...options}),
    Plot.axisY({
      tickSize: 0,
      tickPadding: 6,
      label: null,
      ticks: 4,
      tickFormat: text,
      fill: colour("muted"),
      ...options
    })
  ];
}

/** The width a value axis needs for its widest tick. */
export function axisWidth(max: number, measure: Measure): number {
  const ticks = [max, max / 2, max / 4, max * 0.75].map((value) => textWidth(briefly(nice(value), measure)));
  return Math.ceil(Math.max(...ticks)) + 12;
}

/** The text, cut with an ellipsis when it is wider than the room. */
export function fitted(text: string, room: number, size = FONT_SIZE): string {
  if (textWidth(text, size) <= room) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, size) > room) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

/** A text in one line, or in two broken between words where one has no room for it; the second is cut if it has to be. */
export function inTwoLines(text: string, room: number, size = FONT_SIZE): string {
  if (textWidth(text, size) <= room) return text;
  const words = text.split(" ");
  let first = words.shift()!;
  while (words.length > 0 && textWidth(`${first} ${words[0]}`, size) <= room) first += ` ${words.shift()}`;
  if (words.length === 0 || textWidth(first, size) > room) return fitted(text, room, size);
  return `${first}\n${fitted(words.join(" "), room, size)}`;
}

function nice(value: number): number {
  return Number(value.toPrecision(2));
}
