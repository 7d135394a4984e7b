import {html} from "htl";

export interface SliderProps {
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  /** The value in words: percent, money, "x 1.2". */
  format?: (value: number) => string;
  /** What it assumes, in a line. */
  hint?: string;
}

export interface SliderElement extends HTMLElement {
  value: number;
}

let made = 0;

/** A labelled slider with its value in words: `.value` and "input" events, for Framework's view(). */
export function Slider({label, min, max, step, value, format = String, hint}: SliderProps): SliderElement {
  // An output can be labelled too: without its id the label would be that of the output.
  const id = `weir-slider-${++made}`;
  const range =
    html`<input type="range" id=${id} min=${min} max=${max} step=${step}>` as HTMLElement as HTMLInputElement;
  const output = html`<output></output>`;
  const root = html`<label class="weir-slider" for=${id}><span>${label}</span>${output}${range}${
    hint ? html`<small>${hint}</small>` : null
  }</label>` as SliderElement;
  const show = () => {
    output.textContent = format(range.valueAsNumber);
    range.setAttribute("aria-valuetext", format(range.valueAsNumber));
  };
  Object.defineProperty(root, "value", {
    get: () => range.valueAsNumber,
    set: (next: number) => {
      range.valueAsNumber = next;
      show();
    }
  });
  range.addEventListener("input", show);
  root.value = value;
  return root;
}
