/** Everything that is assumed, as controls: name, target, levers, single deals; and save, open, link. */
import {html} from "htl";
import type {ScenarioHead} from "../../scenario/head.js";
import type {Said, Scenario} from "../../scenario/scenario.js";
import type {SiteData} from "../../slices/site.js";
import {Problems} from "../problems.js";
import type {Engine} from "./answers.js";
import {ForcedDeals} from "./forced.js";
import {type LeverControls, LeverSliders} from "./levers.js";
import {Saved} from "./saved.js";
import {type Assumed, nothing, type ReadState, readAddress, writeAddress} from "./state.js";

export interface PanelElement extends HTMLElement {
  readonly value: ReadState;
  /** The scenario as the page shows it, for saving and holding; set by the page. */
  shown: Scenario | null;
  /** What it comes to, kept in the file so that a later build can score it. */
  said: Said | null;
  /** Writes the address now, when a moving slider has not yet. */
  settle(): void;
}

/** The address follows a slider once it rests: browsers allow only so many changes of it in a while. */
const REST_MS = 300;

/** An element with `.value` and "input" events; its state lives in the address. */
export function ScenarioPanel(site: SiteData, head: ScenarioHead, engine: Engine): PanelElement {
  let state = readAddress(location.search);
  let controls: LeverControls | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const root =
    html`<section class="weir-scenario" aria-label="Assumptions"></section>` as HTMLElement as PanelElement;
  root.shown = null;
  root.said = null;
  Object.defineProperty(root, "value", {get: () => state});

  root.settle = () => {
    clearTimeout(resting);
    resting = undefined;
    const query = writeAddress(location.search, state.assumed, root.shown?.window ?? "");
    // A drag of a slider is one step back, not a hundred.
    if (query !== location.search)
      history.pushState(null, "", `${location.pathname}${query}${location.hash}`);
  };

  function assume(part: Partial<Assumed>, moving = false): void {
    state = {assumed: {...state.assumed, ...part}, problems: []};
    clearTimeout(resting);
    if (moving) resting = setTimeout(root.settle, REST_MS);
    else root.settle();
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
      head,
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
      ForcedDeals(head, engine, assumed.deals, (deals) => reshape({deals})),
      Saved(root)
    );
  }

  function resetButton(): HTMLElement {
    const reset = html`<button type="button" class="weir-button weir-quiet">Reset all</button>`;
    reset.addEventListener("click", () => reshape(nothing()));
    return reset;
  }

  function nameAndTarget({name, target}: Assumed): HTMLElement {
    const names =
      html`<input type="text" maxlength="80" value=${name} placeholder="Name this scenario">` as HTMLElement as HTMLInputElement;
    const targets =
      html`<input type="number" min="0" step="any" value=${target ?? ""} placeholder="the quota">` as HTMLElement as HTMLInputElement;
    names.addEventListener("change", () => assume({name: names.value}));
    targets.addEventListener("change", () =>
      assume({target: targets.value === "" || targets.valueAsNumber < 0 ? null : targets.valueAsNumber})
    );
    return html`<div class="weir-scenario-fields"><label>Name ${names}</label><label>Target (${head.currency}) ${targets}</label></div>`;
  }

  root.addEventListener("input", (event) => {
    if (event.target !== root) event.stopImmediatePropagation();
  });
  const back = () => {
    if (!root.isConnected) return removeEventListener("popstate", back);
    clearTimeout(resting);
    state = readAddress(location.search);
    draw();
    root.dispatchEvent(new Event("input", {bubbles: true}));
  };
  addEventListener("popstate", back);
  draw();
  return root;
}
