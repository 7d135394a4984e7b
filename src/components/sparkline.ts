import {html, svg} from "htl";
import {date, formatValue, type Unit} from "./format.js";

export interface SparkPoint {
  /** ISO date. */
  on: string;
  /** Null draws a gap. */
  value: number | null;
}

export interface SparklineProps {
  points: readonly SparkPoint[];
  unit: Unit;
  currency?: string | null;
  label: string;
}

const WIDTH = 120;
const HEIGHT = 28;
const PAD = 4;

/** A small line of a figure's history with a dot at its end; hover or arrow keys read each point. */
export function Sparkline({points, unit, currency = null, label}: SparklineProps): HTMLElement {
  const known = points.flatMap(({value}, i) => (value === null ? [] : [{value, i}]));
  const low = Math.min(...known.map((p) => p.value));
  const high = Math.max(...known.map((p) => p.value));
  const x = (i: number) => PAD + (i / Math.max(1, points.length - 1)) * (WIDTH - 2 * PAD);
  const y = (value: number) =>
    high === low ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const path = known
    .map(
      ({value, i}, k) => `${known[k - 1]?.i === i - 1 ? "L" : "M"}${x(i).toFixed(1)},${y(value).toFixed(1)}`
    )
    .join("");
  const last = known.at(-1);
  const dot = svg`<circle r="2.5" class="weir-spark-dot" cx=${last ? x(last.i) : 0} cy=${last ? y(last.value) : 0}></circle>`;
  const words = ({on, value}: SparkPoint) => `${date(on)}: ${formatValue(value, unit, currency)}`;
  const first = points[0];
  const summary = first && last ? `${label}: ${words(first)}; ${words(points[last.i]!)}` : label;
  const tip = html`<span class="weir-spark-tip" hidden></span>`;
  const chart = svg`<svg class="weir-spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} role="img" aria-label=${summary}>
    <path d=${path} class="weir-spark-line"></path>${dot}
  </svg>`;
  const show = (i: number | null) => {
    const at = i === null ? last : known.find((p) => p.i === i);
    tip.hidden = i === null;
    if (i !== null && points[i]) tip.textContent = words(points[i]);
    if (!at) return;
    dot.setAttribute("cx", String(x(at.i)));
    dot.setAttribute("cy", String(y(at.value)));
  };
  chart.addEventListener("pointermove", (event) => {
    const box = chart.getBoundingClientRect();
    const share = ((event as PointerEvent).clientX - box.left) / (box.width || 1);
    show(Math.max(0, Math.min(points.length - 1, Math.round(share * (points.length - 1)))));
  });
  chart.addEventListener("pointerleave", () => show(null));
  return html`<span class="weir-spark-box">${chart}${tip}</span>`;
}
