import {svg} from "htl";
import {colour} from "../palette.js";

let made = 0;

/** A striped fill that marks an unfinished period: a <defs> to draw first, and the paint that uses it. */
export function hatch(): {defs: () => SVGElement; paint: string} {
  const id = `weir-hatch-${++made}`;
  const defs =
    () => svg`<defs><pattern id=${id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="3.5" height="6" fill=${colour("surface")} fill-opacity="0.72"></rect>
  </pattern></defs>`;
  return {defs, paint: `url(#${id})`};
}
