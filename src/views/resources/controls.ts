/** What to give out, how much of it, for which goal, within which limits. */
import {html} from "htl";
import type {ResourceData} from "../../scenario/plan/resource.js";
import {Problems} from "../problems.js";
import {type Asked, readAsked, todayTotal, writeAsked} from "./state.js";

export interface ResourceControlsElement extends HTMLElement {
  readonly value: Asked | null;
}

/** An element with `.value` and "input" events; its state lives in the address. Null without any resource. */
export function ResourceControls(data: ResourceData): ResourceControlsElement {
  const root =
    html`<section class="weir-scenario weir-resources" aria-label="What to plan"></section>` as HTMLElement as ResourceControlsElement;
  let asked = data.resources.length > 0 ? readAsked(location.search, data) : null;
  Object.defineProperty(root, "value", {get: () => asked});
  if (!asked) {
    root.hidden = true;
    return root;
  }
  const change = (part: Partial<Asked>) => {
    asked = {...asked!, problems: [], ...part};
    history.pushState(null, "", `${location.pathname}${writeAsked(asked, data)}${location.hash}`);
    root.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const draw = () => root.replaceChildren(...fields(data, asked!, change, choose));
  function choose(key: string): void {
    asked = readAsked(`?${new URLSearchParams({resource: key})}`, data);
    change({});
    draw();
  }
  root.addEventListener("input", (event) => {
    if (event.target !== root) event.stopImmediatePropagation();
  });
  const back = () => {
    if (!root.isConnected) return removeEventListener("popstate", back);
    asked = readAsked(location.search, data);
    draw();
    root.dispatchEvent(new Event("input", {bubbles: true}));
  };
  addEventListener("popstate", back);
  draw();
  return root;
}

function fields(
  data: ResourceData,
  asked: Asked,
  change: (part: Partial<Asked>) => void,
  choose: (key: string) => void
): Node[] {
  const {resource, total, goal, mostMoved, limits} = asked;
  const kind =
    html`<select>${data.resources.map(({key, label}) => html`<option value=${key}>${label}</option>`)}</select>` as HTMLElement as HTMLSelectElement;
  kind.value = resource.key;
  kind.addEventListener("change", () => choose(kind.value));
  const goals =
    html`<select><option value="expected">the expected value</option><option value="p20">what is reached in four cases of five</option></select>` as HTMLElement as HTMLSelectElement;
  goals.value = goal;
  goals.addEventListener("change", () => change({goal: goals.value === "p20" ? "p20" : "expected"}));
  const all = amountField(total, resource.unit, (value) => change({total: value ?? todayTotal(resource)}));
  const moved = amountField(mostMoved, resource.unit, (value) => change({mostMoved: value}), "any");
  const rows = resource.options.map(({name}, o) => {
    const set = (part: Partial<{min: number; max: number}>) => {
      limits[o] = {...limits[o]!, ...part};
      change({limits: [...limits]});
    };
    const least = amountField(limits[o]!.min, resource.unit, (value) => set({min: value ?? 0}));
    const most = amountField(limits[o]!.max, resource.unit, (value) => set({max: value ?? 0}));
    least.setAttribute("aria-label", `${name}: at least`);
    most.setAttribute("aria-label", `${name}: at most`);
    return html`<tr><th scope="row">${name}</th><td>${least}</td><td>${most}</td></tr>`;
  });
  const unit = resource.isMoney ? ` (${data.currency})` : "";
  return [
    ...(asked.problems.length > 0
      ? [Problems("This link is not taken; what is shown is as today.", asked.problems)]
      : []),
    html`<label>Plan ${kind}</label>`,
    html`<label>For ${goals}</label>`,
    html`<label>In all${unit} ${all}</label>`,
    html`<label>Moved at most${unit} ${moved}</label>`,
    html`<table class="weir-plain"><caption>Limits${unit}</caption><thead><tr><th scope="col">To</th><th scope="col">At least</th><th scope="col">At most</th></tr></thead><tbody>${rows}</tbody></table>`
  ];
}

function amountField(
  value: number | null,
  step: number,
  onChange: (value: number | null) => void,
  placeholder = ""
): HTMLInputElement {
  const input =
    html`<input type="number" min="0" step=${step} value=${value ?? ""} placeholder=${placeholder}>` as HTMLElement as HTMLInputElement;
  input.addEventListener("change", () => {
    const now = input.valueAsNumber;
    onChange(Number.isFinite(now) && now >= 0 ? now : null);
  });
  return input;
}
