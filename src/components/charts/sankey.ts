import {svg} from "htl";
import {colour} from "../palette.js";
import {behind, briefly, exactly, fitted, type Measure, NARROW} from "./frame.js";
import {pressable} from "./pressable.js";

export interface SankeyLink {
  from: string;
  to: string;
  value: number;
  n?: number | null;
}

export interface SankeyProps extends Measure {
  links: readonly SankeyLink[];
  /** Order of the nodes on each side, top to bottom; nodes without a link are left out. */
  left: readonly string[];
  right: readonly string[];
  /** CSS colour of a node, by name. */
  paint: (node: string) => string;
  leftTitle: string;
  rightTitle: string;
  noun?: string;
  onSelect?: (link: SankeyLink) => void;
}

interface Node {
  name: string;
  value: number;
  y: number;
  height: number;
  used: number;
}

const GAP = 10;
const BAR = 8;
const HEAD = 24;

/** What stood where on the left day and where it stands on the right one; a ribbon's width is its amount. */
export function Sankey(props: SankeyProps): SVGSVGElement {
  const {links, width, paint, noun = "deals", onSelect} = props;
  const shown = links.filter(({value}) => value > 0);
  const total = shown.reduce((sum, {value}) => sum + value, 0) || 1;
  const sides = {left: props.left.length, right: props.right.length};
  const high = Math.max(260, Math.max(sides.left, sides.right) * 46);
  const scale = (high - GAP * Math.max(sides.left, sides.right)) / total;
  const left = place(props.left, shown, "from", scale);
  const right = place(props.right, shown, "to", scale);
  const room = Math.min(width < NARROW ? width * 0.3 : 210, width * 0.3);
  const [x0, x1] = [room, width - room];
  const ordered = [...shown].sort(
    (a, b) =>
      props.left.indexOf(a.from) - props.left.indexOf(b.from) ||
      props.right.indexOf(a.to) - props.right.indexOf(b.to)
  );
  const told = (link: SankeyLink) =>
    `${link.from} to ${link.to}: ${exactly(link.value, props)}${behind(link.n, noun)}`;
  const ribbons = ordered.map((link) => {
    const thick = link.value * scale;
    const [a, b] = [left.get(link.from)!, right.get(link.to)!];
    const [y0, y1] = [a.y + a.used, b.y + b.used];
    a.used += thick;
    b.used += thick;
    const middle = (x0 + x1) / 2;
    const path = `M${x0 + BAR},${y0} C${middle},${y0} ${middle},${y1} ${x1 - BAR},${y1} L${x1 - BAR},${y1 + thick} C${middle},${y1 + thick} ${middle},${y0 + thick} ${x0 + BAR},${y0 + thick} Z`;
    return svg`<path class="weir-ribbon" d=${path} fill=${paint(link.to)} fill-opacity="0.32"><title>${told(link)}</title></path>`;
  });
  if (onSelect)
    pressable(
      ribbons,
      (i) => told(ordered[i]!),
      (i) => onSelect(ordered[i]!)
    );
  const label = (node: Node, x: number, anchor: string) => {
    const y = node.y + Math.max(node.height / 2, 6);
    return svg`<g><text x=${x} y=${y - 1} text-anchor=${anchor} fill=${colour("ink")} font-size="12">${fitted(node.name, room - 16)}</text>
      <text x=${x} y=${y + 13} text-anchor=${anchor} fill=${colour("muted")} font-size="11">${briefly(node.value, props)}</text></g>`;
  };
  const bar = (node: Node, x: number) =>
    svg`<rect x=${x} y=${node.y} width=${BAR} height=${Math.max(1, node.height)} fill=${paint(node.name)}></rect>`;
  const bottom = Math.max(...[...left.values(), ...right.values()].map(({y, height}) => y + height)) + 22;
  return svg`<svg class="weir-plot" width=${width} height=${bottom} viewBox=${`0 0 ${width} ${bottom}`}>
    <text x=${x0 - 8} y="12" text-anchor="end" fill=${colour("muted")} font-size="12">${props.leftTitle}</text>
    <text x=${x1 + 8} y="12" fill=${colour("muted")} font-size="12">${props.rightTitle}</text>
    <g>${ribbons}</g>
    <g aria-hidden="true">${[...left.values()].flatMap((node) => [bar(node, x0), label(node, x0 - 8, "end")])}
    ${[...right.values()].flatMap((node) => [bar(node, x1 - BAR), label(node, x1 + 8, "start")])}</g>
  </svg>` as SVGSVGElement;
}

/** Nodes of one side under one another, at least far enough apart for their labels. */
function place(
  names: readonly string[],
  links: readonly SankeyLink[],
  side: "from" | "to",
  scale: number
): Map<string, Node> {
  const nodes = new Map<string, Node>();
  let y = HEAD;
  for (const name of names) {
    const value = links.filter((link) => link[side] === name).reduce((sum, link) => sum + link.value, 0);
    if (value === 0) continue;
    const height = value * scale;
    nodes.set(name, {name, value, y, height, used: 0});
    y += Math.max(height, 28) + GAP;
  }
  return nodes;
}
