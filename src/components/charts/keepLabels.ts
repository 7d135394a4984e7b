/** The few points of a chart whose names fit: those with the most records, none over another's name. */
import {textWidth} from "./frame.js";

const LINE = 16;

/** Where a name's middle stands, px. */
export interface LabelPlace {
  x: number;
  y: number;
}

/** At most `most` points, those with the most records first; a name that would cover one already kept is left to the tip. */
export function keepLabels<Point extends {label: string; n: number}>(
  points: readonly Point[],
  most: number,
  placeOf: (point: Point) => LabelPlace
): Point[] {
  const kept: (LabelPlace & {point: Point; half: number})[] = [];
  for (const point of [...points].sort((a, b) => b.n - a.n)) {
    if (kept.length === most) break;
    const own = {...placeOf(point), point, half: textWidth(point.label) / 2};
    const isFree = kept.every(
      ({x, y, half}) => Math.abs(x - own.x) > half + own.half + 6 || Math.abs(y - own.y) >= LINE
    );
    if (isFree) kept.push(own);
  }
  return kept.map(({point}) => point);
}
