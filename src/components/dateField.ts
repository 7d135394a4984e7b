import {html} from "htl";

/** A day a page asks for, in its address under `key`. */
export interface DateChoice {
  key: string;
  label: string;
  /** ISO day when the address says nothing. */
  initial: string;
  min: string;
  max: string;
  /** Before the day in the sentence: "after", "until". */
  phrase: string;
}

export interface DateField {
  element: HTMLElement;
  select: (value: string) => void;
}

/** A day to choose, with its label; days outside min and max are not passed on. */
export function DateField(choice: DateChoice, onChange: (value: string) => void): DateField {
  const input =
    html`<input type="date" min=${choice.min} max=${choice.max} required>` as HTMLElement as HTMLInputElement;
  input.addEventListener("change", () => {
    if (isDay(input.value, choice)) onChange(input.value === choice.initial ? "" : input.value);
  });
  return {
    element: html`<label class="weir-period weir-day"><span>${choice.label}</span>${input}</label>`,
    select: (value) => {
      input.value = dayOf(value, choice);
    }
  };
}

/** The day an address asks for; the initial one when it is none, or outside the data. */
export function dayOf(value: string, choice: DateChoice): string {
  return isDay(value, choice) ? value : choice.initial;
}

function isDay(value: string, {min, max}: DateChoice): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && value >= min && value <= max
  );
}
