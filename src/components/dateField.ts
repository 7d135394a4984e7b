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

/** Spans of a page's days that have a name, in its address under "span"; days chosen by hand go before them. */
export interface SpanChoice {
  /** The days by their keys. */
  values: readonly {value: string; label: string; dates: Record<string, string>}[];
  initial: string;
}

/** Key of the named span in the address. */
export const SPAN = "span";

export interface DateField {
  element: HTMLElement;
  select: (value: string) => void;
}

/** A day to choose, with its label; days outside min and max are not passed on. */
export function DateField(choice: DateChoice, onChange: (value: string) => void): DateField {
  const input =
    html`<input type="date" min=${choice.min} max=${choice.max} required>` as HTMLElement as HTMLInputElement;
  input.addEventListener("change", () => {
    if (isDay(input.value, choice)) onChange(input.value);
  });
  return {
    element: html`<label class="weir-period weir-day"><span>${choice.label}</span>${input}</label>`,
    select: (value) => {
      input.value = dayOf(value, choice);
    }
  };
}

/** The named span that a state asks for; undefined where there are none, or a day is chosen by hand. */
export function spanOf(
  state: Record<string, string | string[]>,
  dates: readonly DateChoice[],
  spans: SpanChoice | null
): SpanChoice["values"][number] | undefined {
  return dates.some((choice) => isDay(String(state[choice.key] ?? ""), choice))
    ? undefined
    : spans?.values.find(({value}) => value === state[SPAN]);
}

/** The days that a state asks for, by key: those chosen, else those of the named span, else the initial ones. */
export function daysOf(
  state: Record<string, string | string[]>,
  dates: readonly DateChoice[],
  spans: SpanChoice | null
): Record<string, string> {
  const named = spanOf(state, dates, spans)?.dates;
  return Object.fromEntries(
    dates.map((choice) => [choice.key, named?.[choice.key] ?? dayOf(String(state[choice.key] ?? ""), choice)])
  );
}

/** The day an address asks for; the initial one when it is none, or outside the data. */
function dayOf(value: string, choice: DateChoice): string {
  return isDay(value, choice) ? value : choice.initial;
}

/** Whether an address asks for a day that the data have. */
export function isDay(value: string, {min, max}: DateChoice): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && value >= min && value <= max
  );
}
