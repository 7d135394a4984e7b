/** Parts of the pages that need a forecast. */
import {html} from "htl";

/** A part of a page, or nothing while there is no forecast: why there is none is the page's answer. */
export function whenKnown({reason}: {reason: string | null}, make: () => HTMLElement): HTMLElement {
  return reason === null ? make() : html`<section hidden></section>`;
}
