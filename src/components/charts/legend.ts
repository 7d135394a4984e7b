import {html} from "htl";

/** Swatches with names, in the order of the stack: for where direct labels would collide. */
export function Legend(keys: readonly string[], colours: readonly string[]): HTMLElement {
  return html`<ul class="weir-legend">${keys.map(
    (key, i) => html`<li><span class="weir-swatch" style=${{background: colours[i]}}></span>${key}</li>`
  )}</ul>`;
}
