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
 * element with `.value` and "input" events, for Framework's view().
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
  Object.defineProperty(root, "value", {get: () => value});

  function choose(id: string | null): void {
    if (id === value.id) return;
    value = {id, isByHand: true};
    root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  root.pick = (id) => {
    url.write({[key]: id ?? ""});
    choose(id);
  };
  return root;
}
