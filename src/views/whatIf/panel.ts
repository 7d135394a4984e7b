/** Everything that is assumed, as controls: name, target, levers, single deals; and save, open, link. */
import {html} from "htl";
import {downloadText} from "../../components/csv.js";
import type {ScenarioInput} from "../../scenario/input.js";
import {fileName, readFile, writeFile} from "../../scenario/saved/file.js";
import type {Said, Scenario} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";
import {ForcedDeals} from "./forced.js";
import {type LeverControls, LeverSliders} from "./levers.js";
import {type Assumed, addressOf, nothing, type ReadState, readAddress, writeAddress} from "./state.js";

export interface PanelElement extends HTMLElement {
  readonly value: ReadState;
  /** The scenario as the page shows it, for saving and holding; set by the page. */
  shown: Scenario | null;
  /** What it comes to, kept in the file so that a later build can score it. */
  said: Said | null;
}

/** An element with `.value` and "input" events; its state lives in the address. */
export function ScenarioPanel(site: SiteData, input: ScenarioInput): PanelElement {
  let state = readAddress(location.search);
  let controls: LeverControls | null = null;
  const root =
    html`<section class="weir-scenario" aria-label="Assumptions"></section>` as HTMLElement as PanelElement;
  root.shown = null;
  root.said = null;
  Object.defineProperty(root, "value", {get: () => state});

  function assume(part: Partial<Assumed>, typing = false): void {
    state = {assumed: {...state.assumed, ...part}, problems: []};
    const query = writeAddress(location.search, state.assumed);
    const address = `${location.pathname}${query}${location.hash}`;
    if (query !== location.search) {
      // A drag of a slider is one step back, not a hundred.
      if (typing) history.replaceState(history.state, "", address);
      else history.pushState(null, "", address);
    }
    root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function reshape(part: Partial<Assumed>): void {
    assume(part);
    draw();
  }

  function draw(): void {
    const {assumed, problems} = state;
    controls = LeverSliders(
      site,
      input,
      assumed.levers,
      () => assume({levers: controls!.value()}, true),
      (levers) => reshape({levers})
    );
    root.replaceChildren(
      html`<div class="weir-scenario-head"><h2>What is assumed</h2>${resetButton()}</div>`,
      ...(problems.length > 0
        ? [Problems("This link is not taken; the forecast is shown as it is.", problems)]
        : []),
      nameAndTarget(assumed),
      controls.element,
      ForcedDeals(input, assumed.deals, (deals) => reshape({deals})),
      Saved(root)
    );
  }

  function resetButton(): HTMLElement {
    const reset = html`<button type="button" class="weir-button weir-quiet">Reset</button>`;
    reset.addEventListener("click", () => reshape(nothing()));
    return reset;
  }

  function nameAndTarget({name, target}: Assumed): HTMLElement {
    const names =
      html`<input type="text" maxlength="80" value=${name} placeholder="Name this scenario">` as HTMLElement as HTMLInputElement;
    const targets =
      html`<input type="number" min="0" step="any" value=${target ?? ""} placeholder="the quota">` as HTMLElement as HTMLInputElement;
    names.addEventListener("change", () => assume({name: names.value}, true));
    targets.addEventListener("change", () =>
      assume({target: targets.value === "" || targets.valueAsNumber < 0 ? null : targets.valueAsNumber})
    );
    return html`<div class="weir-scenario-fields"><label>Name ${names}</label><label>Target (${input.currency}) ${targets}</label></div>`;
  }

  root.addEventListener("input", (event) => {
    if (event.target !== root) event.stopImmediatePropagation();
  });
  const back = () => {
    if (!root.isConnected) return removeEventListener("popstate", back);
    state = readAddress(location.search);
    draw();
    root.dispatchEvent(new Event("input", {bubbles: true}));
  };
  addEventListener("popstate", back);
  draw();
  return root;
}

/** What is wrong with a link or file, all of it. */
function Problems(what: string, problems: readonly string[]): HTMLElement {
  return html`<div class="weir-scenario-problems" role="alert"><p>${what}</p><ul>${problems.slice(0, 8).map((each) => html`<li>${each}</li>`)}</ul></div>`;
}

/** Save as a file, open one, copy the link, hold for comparison. */
function Saved(root: PanelElement): HTMLElement {
  const save = html`<button type="button" class="weir-button">Save file</button>`;
  const copy = html`<button type="button" class="weir-button">Copy link</button>`;
  const hold = html`<button type="button" class="weir-button">Compare with this</button>`;
  const file =
    html`<input type="file" accept=".json,application/json" class="weir-unseen">` as HTMLElement as HTMLInputElement;
  const open = html`<label class="weir-button weir-open-file">Open file ${file}</label>`;
  const note = html`<div role="status"></div>`;
  save.addEventListener("click", () => {
    if (!root.shown) return;
    const scenario = {...root.shown, ...(root.said ? {said: root.said} : {})};
    downloadText(fileName(scenario), writeFile(scenario), "application/json");
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      note.textContent = "The link is on the clipboard.";
    } catch {
      note.textContent = "The browser does not allow copying; the link is in the address bar.";
    }
  });
  hold.addEventListener("click", () => {
    if (!root.shown) return;
    const compared = new URLSearchParams(location.search).getAll("with").slice(-1);
    const params = new URLSearchParams(addressOf(root.shown, [root.shown]));
    for (const each of compared) params.append("with", each);
    location.assign(`${location.pathname}?${params}`);
  });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    const {scenario, problems} = readFile(await chosen.text());
    file.value = "";
    if (scenario) location.assign(`${location.pathname}${addressOf(scenario)}`);
    else
      note.replaceChildren(Problems(`${chosen.name} is not taken; what you see has not changed.`, problems));
  });
  return html`<div class="weir-scenario-saved"><div>${save}${open}${copy}${hold}</div>${note}</div>`;
}
