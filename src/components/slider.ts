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
  /** The value that changes nothing: a tick on the track, from which it is filled; Backspace and Delete go back to it. */
  neutral?: number;
  /** Values seen before, shaded on the track. */
  seen?: {lo: number; hi: number} | null;
}

export interface SliderElement extends HTMLElement {
  value: number;
}

let made = 0;

/** A labelled slider with its value in words: `.value` and "input" events, for Framework's view(). */
export function Slider(props: SliderProps): SliderElement {
  const {label, min, max, step, value, format = String, hint, neutral = min, seen = null} = props;
  // An output can be labelled too: without its id the label would be that of the output.
  const id = `weir-slider-${++made}`;
  const range =
    html`<input type="range" id=${id} min=${min} max=${max} step=${step}>` as HTMLElement as HTMLInputElement;
  const output = html`<output></output>`;
  const root = html`<label class="weir-slider" for=${id}><span>${label}</span>${output}${range}${
    hint ? html`<small>${hint}</small>` : null
  }</label>` as SliderElement;
  /** Where a value lies on the track, 0..1. */
  const at = (each: number) => Math.min(1, Math.max(0, (each - min) / (max - min)));
  const place = (name: string, each: number) => range.style.setProperty(`--${name}`, at(each).toFixed(4));
  place("neutral", neutral);
  if (seen) {
    place("lo", seen.lo);
    place("hi", seen.hi);
  }
  const show = () => {
    output.textContent = format(range.valueAsNumber);
    range.setAttribute("aria-valuetext", format(range.valueAsNumber));
    place("from", Math.min(range.valueAsNumber, neutral));
    place("to", Math.max(range.valueAsNumber, neutral));
  };
  Object.defineProperty(root, "value", {
    get: () => range.valueAsNumber,
    set: (next: number) => {
      range.valueAsNumber = next;
      show();
    }
  });
  range.addEventListener("input", show);
  range.addEventListener("keydown", ({key}) => {
    if (key !== "Backspace" && key !== "Delete") return;
    root.value = neutral;
    range.dispatchEvent(new Event("input", {bubbles: true}));
  });
  root.value = value;
  return root;
}
