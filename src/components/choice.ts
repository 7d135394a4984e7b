import {html} from "htl";
import {bindUrl, type StateSpec} from "./urlState.js";

export interface Picked {
  /** Null while nothing is chosen. */
  id: string | null;
  /** False when the address said it as the page opened. */
  isByHand: boolean;
}

export interface ChoiceElement extends HTMLElement {
  readonly value: Picked;
  /** Chooses a record, or none: a new entry of the history. */
  pick(id: string | null): void;
}

/**
 * Which record the page shows in full, kept in the address, so that it can be linked and the back button works: an unseen
 * element with `.value` and "input" events, for Framework's view(). The keyboard goes back to what opened the record.
 * @param key in the address
 */
export function Choice(key: string): ChoiceElement {
  const spec: StateSpec = {[key]: {kind: "text"}};
  const root = html`<span hidden></span>` as HTMLElement as ChoiceElement;
  const url = bindUrl(spec, ({state}) => {
    if (!root.isConnected) return url.dispose();
    choose(String(state[key]) || null);
  });
  let value: Picked = {id: String(url.state[key]) || null, isByHand: false};
  let opener: HTMLElement | null = null;
  Object.defineProperty(root, "value", {get: () => value});

  function choose(id: string | null): void {
    if (id === value.id) return;
    value = {id, isByHand: true};
    root.dispatchEvent(new Event("input", {bubbles: true}));
    // The page is redrawn with the next frame: where the record stood above its opener, it has gone by the one after.
    if (id === null) requestAnimationFrame(() => requestAnimationFrame(() => opener?.focus()));
  }

  root.pick = (id) => {
    if (id !== null) opener = document.activeElement as HTMLElement | null;
    url.write({[key]: id ?? ""});
    choose(id);
  };
  return root;
}
