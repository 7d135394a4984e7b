import {svg} from "htl";
import {count, days} from "../format.js";
import {colour, tint} from "../palette.js";
import {briefly, fitted, type Measure, NARROW, textWidth} from "./frame.js";
import {pressable} from "./pressable.js";

export interface MapStep {
  from: string;
  to: string;
  n: number;
  /** Null where none of the deals states an amount: the step is then told without one. */
  value: number | null;
  medianDays: number;
}

export interface StageMapProps extends Measure {
  /** Stages in the order they should be walked; the last node is `won`. */
  stages: readonly string[];
  /** Steps between them, to "won" and to "lost". */
  steps: readonly MapStep[];
  onSelect?: (step: MapStep) => void;
}

const ROW = 84;
const BOX = 40;
/** Between two lines of small words. */
const LINE = 13;

/**
 * Stages from top to bottom as they are walked: straight down to the next, arcs on the left where stages are skipped, on
 * the right where deals go back, and what is lost from each. The wider a line, the more deals took it.
 */
export function StageMap(props: StageMapProps): SVGSVGElement {
  const {stages, steps, width, onSelect} = props;
  const narrow = width < NARROW;
  const nodes = [...stages, "won"];
  const boxWidth = Math.min(narrow ? width * 0.5 : 240, width * 0.5);
  const left = (width - boxWidth) / 2;
  const right = left + boxWidth;
  const most = Math.max(1, ...steps.map(({n}) => n));
  const thick = (n: number) => 1.5 + 14 * (n / most);
  const y = (node: string) => 4 + nodes.indexOf(node) * ROW;
  const amount = ({value}: MapStep) => (value === null ? [] : [briefly(value, props)]);
  const told = (step: MapStep) =>
    [
      `${step.from} to ${step.to}: ${count(step.n)} times`,
      ...amount(step),
      `median ${days(step.medianDays)}`
    ].join(", ");
  const drawn = steps.filter(({from, to}) => nodes.includes(from) && nodes.includes(to));
  const places = placesOfArcs();
  const shapes = drawn.map((step) => {
    const [a, b] = [nodes.indexOf(step.from), nodes.indexOf(step.to)];
    const paint = b < a ? colour("warning") : step.to === "won" ? colour("won") : tint("open", 0.55);
    return svg`<path d=${line(a, b)} fill="none" stroke=${paint} stroke-opacity="0.8" stroke-width=${thick(step.n)}><title>${told(step)}</title></path>`;
  });
  if (onSelect)
    pressable(
      shapes,
      (i) => told(drawn[i]!),
      (i) => onSelect(drawn[i]!)
    );
  const lost = new Map(steps.flatMap((step) => (step.to === "lost" ? [[step.from, step] as const] : [])));
  const height = nodes.length * ROW - (ROW - BOX) + 8;
  return svg`<svg class="weir-plot" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
    <g>${shapes}</g>
    <g aria-hidden="true">${nodes.map((node) => box(node))}${drawn.map((step) => label(step))}</g>
  </svg>` as SVGSVGElement;

  function line(a: number, b: number): string {
    const middle = width / 2;
    if (b === a + 1) return `M${middle},${4 + a * ROW + BOX} L${middle},${4 + b * ROW}`;
    const isBack = b < a;
    const edge = isBack ? right : left;
    const bulge = reach(a, b) * (isBack ? 1 : -1);
    const [y0, y1] = [4 + a * ROW + BOX / 2, 4 + b * ROW + BOX / 2];
    return `M${edge},${y0} C${edge + bulge},${y0} ${edge + bulge},${y1} ${edge},${y1}`;
  }

  function box(node: string): SVGElement {
    const isWon = node === "won";
    const entered = steps.filter(({to}) => to === node).reduce((sum, {n}) => sum + n, 0);
    const gone = lost.get(node);
    const second = isWon
      ? `${count(entered)} won`
      : gone
        ? `${count(gone.n)} lost from here, after ${days(gone.medianDays)}`
        : "none lost from here";
    return svg`<g>
      <rect x=${left} y=${y(node)} width=${boxWidth} height=${BOX} rx="4" fill=${isWon ? tint("won", 0.16) : tint("open", 0.1)} stroke=${colour("line")}></rect>
      <text x=${width / 2} y=${y(node) + 17} text-anchor="middle" fill=${colour("ink")} font-weight="600" font-size="13">${fitted(isWon ? "Won" : node, boxWidth - 12, 13)}</text>
      <text x=${width / 2} y=${y(node) + 32} text-anchor="middle" fill=${colour("muted")} font-size="11">${fitted(second, boxWidth - 12, 11)}</text>
    </g>` as SVGElement;
  }

  function label(step: MapStep): SVGElement | null {
    const [a, b] = [nodes.indexOf(step.from), nodes.indexOf(step.to)];
    const short = `${count(step.n)} · ${days(step.medianDays)}`;
    const text = narrow ? short : [count(step.n), ...amount(step), days(step.medianDays)].join(" · ");
    if (b === a + 1)
      return svg`<text x=${width / 2 + thick(step.n) / 2 + 8} y=${4 + a * ROW + BOX + (ROW - BOX) / 2 + 4} fill=${colour("ink")} font-size="12">${text}</text>` as SVGElement;
    const place = places.get(step);
    if (!place) return null;
    const isBack = b < a;
    const {x, top} = place;
    const room = isBack ? width - x : x;
    const words = [text, short, count(step.n)].find((each) => textWidth(each, 11) <= room);
    if (!words) return null;
    return svg`<text x=${x} y=${top} text-anchor=${isBack ? "start" : "end"} fill=${colour("muted")} font-size="11" stroke=${colour("surface")} stroke-width="3" paint-order="stroke">${words}</text>` as SVGElement;
  }

  /** How far an arc's handles stand out from the boxes; the arc itself comes three quarters as far. */
  function reach(a: number, b: number): number {
    return Math.min(narrow ? 44 : 110, 26 + 20 * Math.abs(b - a));
  }

  /**
   * Where arcs are named: beside the outermost arc that passes the middle of their own, each on a line of its own. Arcs from and
   * to the same places overlap: only those that matter are named, all have their tip and their row.
   */
  function placesOfArcs(): Map<MapStep, {x: number; top: number}> {
    const arcs = drawn
      .map((step) => ({step, a: nodes.indexOf(step.from), b: nodes.indexOf(step.to)}))
      .filter(({a, b}) => b !== a + 1)
      .map((arc) => ({...arc, isBack: arc.b < arc.a, middle: (arc.a + arc.b) / 2}));
    const taken: {isBack: boolean; top: number}[] = [];
    const found = new Map<MapStep, {x: number; top: number}>();
    for (const {step, isBack, middle} of arcs
      .filter(({step}) => step.n >= most * 0.02)
      .sort((a, b) => a.middle - b.middle)) {
      const passing = arcs.filter(
        (other) =>
          other.isBack === isBack &&
          Math.min(other.a, other.b) <= middle &&
          Math.max(other.a, other.b) >= middle
      );
      const out = Math.max(...passing.map(({a, b}) => reach(a, b))) * 0.75 + 8;
      let top = 4 + middle * ROW + BOX / 2 + 4;
      for (const each of taken) if (each.isBack === isBack) top = Math.max(top, each.top + LINE);
      taken.push({isBack, top});
      found.set(step, {x: isBack ? right + out : left - out, top});
    }
    return found;
  }
}
