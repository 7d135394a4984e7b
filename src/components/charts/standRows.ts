import {html, svg} from "htl";
import {formatValue, type Unit} from "../format.js";
import {colour, tint} from "../palette.js";
import {FONT_SIZE, fitted, NARROW, textWidth} from "./frame.js";

/** One figure: a reader's own value with its interval, on the band of others. */
export interface StandRow {
  label: string;
  /** What is behind the value: "10 closed deals". */
  behind: string;
  unit: Unit;
  currency?: string | null;
  /** Null where there is nothing to count. */
  value: number | null;
  lo: number | null;
  hi: number | null;
  /** Few records stand behind it: a hollow dot. */
  isThin: boolean;
  /** The others' middle and middle half; null where it is not told. */
  band: {median: number; lo: number; hi: number} | null;
  /** What the two come to: "above". */
  verdict: string;
  /** The verdict is sure: it stands out. */
  isSure: boolean;
  /** How often such verdicts were right. */
  record?: string;
}

export interface StandRowsProps {
  rows: readonly StandRow[];
  width: number;
  /** Whose value it is and whose the band, in a word each: "you", "group". */
  who: {own: string; others: string};
  /** What dot, line, band and tick are, in words. */
  words: {value: string; range: string; band: string; median: string};
}

const WIDE = {row: 64, label: 212, text: 244};
const PHONE = 112;

/** One row a figure, each on its own scale: a band with its middle, and a dot with its interval over it. */
export function StandRows({rows, width, who, words}: StandRowsProps): HTMLElement {
  const narrow = width < NARROW;
  const height = narrow ? PHONE : WIDE.row;
  const track = narrow
    ? {left: 6, right: width - 6, y: 76}
    : {left: WIDE.label + 8, right: width - WIDE.text - 16, y: 26};
  const drawn = rows.map((row, i) => {
    const {low, high} = scaleOf(row);
    const x = (value: number) => track.left + ((value - low) / (high - low)) * (track.right - track.left);
    return svg`<g transform=${`translate(0, ${i * height})`}>
      ${i > 0 ? svg`<line x1="0" x2=${width} y1="-1" y2="-1" stroke=${colour("line")} />` : null}
      ${figuresOf(row, {width, narrow, who})}
      ${marks(row, x, track.y)}
      ${ends({low, high}, row, track)}
    </g>`;
  });
  const item = (text: string, style: Record<string, string>) =>
    html`<li><span class="weir-swatch" style=${style}></span>${text}</li>`;
  const hasBand = rows.some(({band}) => band !== null);
  return html`<div>
    <ul class="weir-legend">
      ${item(words.value, {background: colour("partner"), borderRadius: "50%"})}
      ${item(words.range, {background: colour("partner"), height: "3px"})}
      ${hasBand ? item(words.band, {background: tint("muted", 0.34)}) : null}
      ${hasBand ? item(words.median, {background: colour("ink"), width: "2px", height: "14px"}) : null}
    </ul>
    <svg class="weir-plot" width=${width} height=${rows.length * height} viewBox=${`0 0 ${width} ${rows.length * height}`} font-size=${FONT_SIZE} fill=${colour("ink")}>${drawn}</svg>
  </div>`;
}

/** Ends of a scale whose half is a round number too. */
const ROUND = [1, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** From nought, so far as anything of the row lies; shares to a fifth, a half or all. */
function scaleOf({unit, value, lo, hi, band}: StandRow): {low: number; high: number} {
  const known = [value, lo, hi, band?.lo, band?.hi].filter((each) => typeof each === "number");
  const most = Math.max(...known, 0);
  if (unit === "ratio") return {low: 0, high: most > 0.5 ? 1 : most > 0.2 ? 0.5 : 0.2};
  const step = 10 ** Math.floor(Math.log10(most || 1));
  return {low: 0, high: step * ROUND.find((each) => each * step >= most * 1.02 || each === 10)!};
}

/** Name and what is behind it before the track, verdict and figures after it; on a phone above it. */
function figuresOf(
  row: StandRow,
  {width, narrow, who}: {width: number; narrow: boolean; who: StandRowsProps["who"]}
): SVGElement[] {
  const own = row.value === null ? "" : `${who.own} ${said(row.value, row)}`;
  const others = row.band ? `${who.others} ${between(row.band, row)}` : "";
  const muted = colour("muted");
  const verdict = (x: number, y: number) =>
    svg`<text x=${x} y=${y} font-size="13" font-weight=${row.isSure ? 600 : 400} fill=${row.isSure ? colour("ink") : muted}>${row.verdict}</text>`;
  if (narrow) {
    const room = width - textWidth(row.behind) - 12;
    return [
      svg`<text x="0" y="20" font-size="13" font-weight="600">${fitted(row.label, room, 13)}</text>`,
      svg`<text x=${width} y="20" text-anchor="end" fill=${muted}>${row.behind}</text>`,
      verdict(0, 38),
      svg`<text x=${width} y="38" text-anchor="end" fill=${muted}>${row.record ?? ""}</text>`,
      svg`<text x="0" y="55">${[own, others].filter(Boolean).join(", ")}</text>`
    ] as SVGElement[];
  }
  const at = width - WIDE.text;
  return [
    svg`<text x="0" y="26" font-size="13" font-weight="600">${fitted(row.label, WIDE.label, 13)}</text>`,
    svg`<text x="0" y="42" fill=${muted}>${row.behind}</text>`,
    svg`<text x="0" y="57" fill=${muted}>${row.record ?? ""}</text>`,
    verdict(at, 22),
    svg`<text x=${at} y="38">${own}</text>`,
    svg`<text x=${at} y="53" fill=${muted}>${others}</text>`
  ] as SVGElement[];
}

function marks(
  {value, lo, hi, band, isThin}: StandRow,
  x: (value: number) => number,
  y: number
): SVGElement[] {
  const tone = colour("partner");
  return [
    ...(band
      ? [
          svg`<rect x=${x(band.lo)} width=${Math.max(3, x(band.hi) - x(band.lo))} y=${y - 10} height="20" rx="2" fill=${tint("muted", 0.34)} />`,
          svg`<line x1=${x(band.median)} x2=${x(band.median)} y1=${y - 10} y2=${y + 10} stroke=${colour("ink")} stroke-width="2" />`
        ]
      : []),
    ...(lo !== null && hi !== null
      ? [
          svg`<line x1=${x(lo)} x2=${x(hi)} y1=${y} y2=${y} stroke=${colour("surface")} stroke-width="6" />`,
          svg`<line x1=${x(lo)} x2=${x(hi)} y1=${y} y2=${y} stroke=${tone} stroke-width="3" />`
        ]
      : []),
    ...(value !== null
      ? [
          svg`<circle cx=${x(value)} cy=${y} r="6" stroke=${tone} stroke-width="2" fill=${isThin ? colour("surface") : tone} />`
        ]
      : [])
  ] as SVGElement[];
}

function ends(
  {low, high}: {low: number; high: number},
  row: StandRow,
  {left, right, y}: {left: number; right: number; y: number}
): SVGElement {
  const tick = (at: number, value: number, anchor: string) =>
    svg`<text x=${at} y=${y + 27} text-anchor=${anchor} fill=${colour("muted")} font-size="11">${said(value, row)}</text>`;
  return svg`<g>
    <line x1=${left} x2=${right} y1=${y + 14} y2=${y + 14} stroke=${colour("line")} />
    ${tick(left, low, "start")}${tick((left + right) / 2, (low + high) / 2, "middle")}${tick(right, high, "end")}
  </g>` as SVGElement;
}

function said(value: number, {unit, currency = null}: StandRow): string {
  return formatValue(value, unit, currency);
}

/** "6% to 36%". */
function between({lo, hi}: {lo: number; hi: number}, row: StandRow): string {
  return lo === hi ? said(lo, row) : `${said(lo, row)} to ${said(hi, row)}`;
}
