import * as Plot from "@observablehq/plot";
import {count} from "../format.js";
import {colour, type Meaning, tint} from "../palette.js";
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
import {pressable} from "./pressable.js";
import {rowLabels} from "./rowLabels.js";

export interface HeatCell {
  /** Down the side: a stage. */
  row: string;
  /** Along the top: an age band. */
  column: string;
  /** Null is "not enough data": a dash, no tint. */
  value: number | null;
  n?: number | null;
}

export interface HeatGridProps extends Measure {
  cells: readonly HeatCell[];
  /** Order down the side; default: as they appear. */
  rows?: readonly string[];
  /** Order along the top; default: as they appear. */
  columns?: readonly string[];
  meaning?: Meaning;
  noun?: string;
  onSelect?: (cell: HeatCell) => void;
}

const STRONGEST = 0.42;

/** A grid whose cells are tinted by value, with the value and n printed in each; text stays readable on any tint. */
export function HeatGrid(props: HeatGridProps): SVGSVGElement | HTMLElement {
  const {cells, width, meaning = "open", noun = "deals", onSelect} = props;
  const rows = props.rows ?? [...new Set(cells.map(({row}) => row))];
  const columns = props.columns ?? [...new Set(cells.map(({column}) => column))];
  const narrow = width < NARROW;
  const left = narrow
    ? 0
    : Math.ceil(Math.min(width * 0.3, Math.max(...rows.map((row) => textWidth(row, 13))))) + 12;
  const step = (width - left) / columns.length;
  const band = narrow ? 62 : 44;
  const high = Math.max(0, ...cells.map(({value}) => value ?? 0)) || 1;
  const strength = ({value}: HeatCell) =>
    value === null || value <= 0 ? 0.03 : 0.06 + (STRONGEST - 0.06) * Math.sqrt(value / high);
  const inset = {inset: 1, insetTop: narrow ? 20 : 1};
  const down = narrow ? 10 : 0;
  const told = (cell: HeatCell) =>
    `${cell.row}, ${cell.column}\n${exactly(cell.value, props)}${behind(cell.n, noun)}`;

  const inWords = numbered(cells, noun, step - 8);
  const heads = new Map(columns.map((column) => [column, inTwoLines(column, step - 4)]));
  const marginTop = [...heads.values()].some((head) => head.includes("\n")) ? 42 : 28;

  return frame({
    width,
    height: rows.length * band + marginTop + 2,
    marginTop,
    marginBottom: 2,
    marginLeft: left,
    marginRight: 0,
    x: {domain: [...columns], axis: null, padding: 0},
    y: {domain: [...rows], axis: null, padding: 0},
    marks: [
      Plot.text(columns, {
        x: (d: string) => d,
        frameAnchor: "top",
        dy: -8,
        lineAnchor: "bottom",
        text: (d: string) => heads.get(d)!,
        fill: colour("muted")
      }),
      narrow
        ? Plot.text(rows, {
            y: (d: string) => d,
            frameAnchor: "left",
            textAnchor: "start",
            dy: -band / 2 + 11,
            text: (d: string) => d,
            fill: colour("ink"),
            fontSize: 13
          })
        : rowLabels(rows, "y", left),
      Plot.cell(cells, {
        x: "column",
        y: "row",
        fill: (cell: HeatCell) => tint(meaning, strength(cell)),
        rx: 3,
        ...inset,
        render(index, scales, channels, dimensions, context, next) {
          const drawn = next!(index, scales, channels, dimensions, context) as SVGGElement;
          const name = (i: number) => told(cells[index[i]!]!).replace("\n", ", ");
          if (onSelect) pressable(drawn.children, name, (i) => onSelect(cells[index[i]!]!));
          return drawn;
        }
      }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: (cell: HeatCell) => (cell.value === null ? "–" : fitted(briefly(cell.value, props), step - 4)),
        dy: down - 7,
        fill: colour("ink"),
        fontWeight: 600,
        pointerEvents: "none"
      }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: ({n, value}: HeatCell) =>
          n === null || n === undefined ? (value === null ? "no data" : "") : inWords(n),
        dy: down + 8,
        fill: colour("ink"),
        fillOpacity: 0.85,
        fontSize: 11,
        pointerEvents: "none"
      }),
      Plot.tip(cells, Plot.pointer({...tipStyle(), x: "column", y: "row", title: told, maxRadius: 60}))
    ]
  });
}

/** "32 deals" in each cell where there is room in all, else "n 32". */
function numbered(cells: readonly HeatCell[], noun: string, room: number): (n: number) => string {
  const whole = (n: number) => `${count(n)} ${n === 1 ? noun.replace(/s$/, "") : noun}`;
  const isRoom = cells.every(({n}) => textWidth(whole(n ?? 0), 11) <= room);
  return isRoom ? whole : (n) => `n ${count(n)}`;
}
