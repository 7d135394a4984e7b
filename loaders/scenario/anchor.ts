/** Windows of a scenario, scaled so that with nothing assumed they are the published forecast. */
import {moments} from "../../src/scenario/bookings/moments.ts";
import type {ScenarioInput, ScenarioWindow} from "../../src/scenario/input.ts";
import {termsOf} from "../../src/scenario/levers/termsOf.ts";
import type {Scenario} from "../../src/scenario/scenario.ts";
import type {QuarterForecast} from "../../src/slices/forecast.ts";
import {fiscalPeriod, isoOf} from "../forecast/history/calendar.ts";

const NOTHING: Scenario = {
  name: "",
  window: "",
  filters: {},
  target: null,
  levers: [],
  deals: [],
  made: {hash: "", asOf: ""}
};

/**
 * Quarters from the current one to the end of the fiscal year that the next quarter lies in, then that year; quarters
 * alone when their labels do not end in Q1 to Q4. Days count as integers.
 */
export function scenarioWindows(
  asOf: number,
  firstMonth: number,
  quarterLabel: (firstDay: number) => string
): ScenarioWindow[] {
  const quarterAt = (ahead: number): ScenarioWindow => {
    const {from, to} = fiscalPeriod(asOf + 1, "quarter", firstMonth, ahead);
    return {label: quarterLabel(from), from: isoOf(from), to: isoOf(to), kind: "quarter"};
  };
  const [, name, number] = /^(.*?)\s*Q([1-4])$/.exec(quarterAt(1).label) ?? [];
  if (name === undefined) return [quarterAt(0), quarterAt(1)];
  const last = 1 + 4 - Number(number);
  const quarters = Array.from({length: last + 1}, (_, ahead) => quarterAt(ahead));
  const [first, end] = [quarterAt(last - 3), quarters.at(-1)!];
  return [...quarters, {label: `${name} (year)`, from: first.from, to: end.to, kind: "year"}];
}

/**
 * Sets `published` and `scale` of every window: a published quarter's mean over what its deals add up to; a later quarter
 * has the last one's factor, as past bias is all that is known of it; the year is the sum of its quarters.
 */
export function anchored(input: ScenarioInput, published: readonly QuarterForecast[]): ScenarioInput {
  let scale = 1;
  const quarters = input.windows
    .filter(({kind}) => kind === "quarter")
    .map((window): ScenarioWindow => {
      const found = published.find(({from, to}) => from === window.from && to === window.to);
      if (found) scale = factor(input, window, found.mean);
      return {
        ...window,
        scale,
        published: found ? {mean: found.mean, quantiles: found.quantiles, held: found.held} : null
      };
    });
  const years = input.windows
    .filter(({kind}) => kind === "year")
    .map((window): ScenarioWindow => {
      const inside = quarters.filter(({from, to}) => from >= window.from && to <= window.to);
      const first = inside[0]?.from ?? window.from;
      const before = termsOf(input, NOTHING, {from: window.from, to: dayBefore(first)}).sure;
      const mean = inside.reduce(
        (sum, quarter) => sum + moments(termsOf(input, NOTHING, quarter)).mean,
        first > window.from ? before : 0
      );
      return {...window, scale: factor(input, window, mean), published: null};
    });
  return {...input, windows: [...quarters, ...years]};
}

function factor(input: ScenarioInput, window: ScenarioWindow, mean: number): number {
  const terms = termsOf(input, NOTHING, {...window, scale: 1});
  const plain = moments(terms).mean - terms.sure;
  return plain > 0 ? Math.max(0, mean - terms.sure) / plain : 1;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
