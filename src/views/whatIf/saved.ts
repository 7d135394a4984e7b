/** Save as a file, open one, copy the link, hold for comparison. All of it stays in the page: nothing is asked of a server. */
import {html} from "htl";
import {downloadText} from "../../components/csv.js";
import {fileName, readFile, writeFile} from "../../scenario/saved/file.js";
import {Problems} from "../problems.js";
import type {PanelElement} from "./panel.js";
import {addressOf} from "./state.js";

/** Shows another address of this page without loading it again: what a file assumes does not leave the page. */
export function showAddress(query: string): void {
  history.pushState(null, "", `${location.pathname}${query}`);
  dispatchEvent(new PopStateEvent("popstate"));
}

export function Saved(root: PanelElement): HTMLElement {
  const save = html`<button type="button" class="weir-button">Save file</button>`;
  const copy = html`<button type="button" class="weir-button">Copy link</button>`;
  const hold = html`<button type="button" class="weir-button">Compare with this</button>`;
  const file =
    html`<input type="file" accept=".json,.yaml,.yml,application/json" class="weir-unseen">` as HTMLElement as HTMLInputElement;
  const open = html`<label class="weir-button weir-open-file">Open file ${file}</label>`;
  const note = html`<div role="status"></div>`;
  save.addEventListener("click", () => {
    if (!root.shown) return;
    const scenario = {...root.shown, ...(root.said ? {said: root.said} : {})};
    downloadText(fileName(scenario), writeFile(scenario), "application/json");
  });
  copy.addEventListener("click", async () => {
    root.settle();
    try {
      await navigator.clipboard.writeText(location.href);
      note.textContent = "The link is on the clipboard.";
    } catch {
      note.textContent = "The browser does not allow copying; the link is in the address bar.";
    }
  });
  hold.addEventListener("click", () => {
    if (!root.shown) return;
    root.settle();
    const compared = new URLSearchParams(location.search).getAll("with").slice(-1);
    const params = new URLSearchParams(addressOf(root.shown, [root.shown]));
    for (const each of compared) params.append("with", each);
    showAddress(`?${params}`);
  });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    const text = await chosen.text();
    // The reader of YAML is fetched when a file is opened, not before.
    const {parse} = await import("yaml");
    const {scenario, problems} = readFile(text, parse);
    file.value = "";
    if (scenario) showAddress(addressOf(scenario));
    else
      note.replaceChildren(Problems(`${chosen.name} is not taken; what you see has not changed.`, problems));
  });
  return html`<div class="weir-scenario-saved"><div>${save}${open}${copy}${hold}</div>${note}</div>`;
}
