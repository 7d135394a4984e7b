import {html} from "htl";

/** What is wrong with a link or file, all of it. */
export function Problems(what: string, problems: readonly string[]): HTMLElement {
  return html`<div class="weir-scenario-problems" role="alert"><p>${what}</p><ul>${problems.slice(0, 8).map((each) => html`<li>${each}</li>`)}</ul></div>`;
}
