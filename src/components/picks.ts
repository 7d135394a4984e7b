import {html} from "htl";
import {bindUrl, type OneField, type StateSpec} from "./urlState.js";

export interface Pick {
  key: string;
  label: string;
  values: readonly {value: string; label: string}[];
  /** The choice when the address says nothing. */
  initial: string;
}

export interface PicksElement extends HTMLElement {
  /** The chosen value of each pick, by key. */
  readonly value: Readonly<Record<string, string>>;
}

/**
 * One choice out of each of a few lists, kept in the address: an element with `.value` and "input" events. Not shown while a list
 * is empty: there is nothing to choose from.
 */
export function Picks(picks: readonly Pick[], name: string): PicksElement {
  const spec: StateSpec = Object.fromEntries(
    picks.map(({key, values, initial}) => [
      key,
      {kind: "one", values: values.map(({value}) => value), initial} satisfies OneField
    ])
  );
  const url = bindUrl(spec, ({state}) => {
    if (!root.isConnected) return url.dispose();
    const next = state as Record<string, string>;
    // What the page shows beside them may have changed alone: the page then stays as it is.
    if (picks.some(({key}) => next[key] !== value[key])) receive(next);
  });
  let value = url.state as Record<string, string>;
  const selects = picks.map(({key, label, values}) => {
    const select =
      html`<select>${values.map((each) => html`<option value=${each.value}>${each.label}</option>`)}</select>` as HTMLElement as HTMLSelectElement;
    select.value = value[key]!;
    select.addEventListener("change", () => {
      receive({...value, [key]: select.value});
      url.write(value);
    });
    return {key, select, element: html`<label class="weir-period"><span>${label}</span>${select}</label>`};
  });
  const root =
    html`<section class="weir-filters" aria-label=${name} hidden=${picks.some(({values}) => values.length === 0)}>
    <div class="weir-filters-row">${selects.map(({element}) => element)}</div>
  </section>` as HTMLElement as PicksElement;
  Object.defineProperty(root, "value", {get: () => value});
  // A select's own "input" comes before the value is read.
  root.addEventListener("input", (event) => {
    if (event.target !== root) event.stopImmediatePropagation();
  });

  function receive(next: Record<string, string>): void {
    value = next;
    for (const {key, select} of selects) select.value = value[key]!;
    root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  return root;
}
