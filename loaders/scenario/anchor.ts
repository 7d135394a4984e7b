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

/** Quarters to the end of the fiscal year that the next quarter lies in, then that year. Days count as integers. */
export function scenarioWindows(
  asOf: number,
  firstMonth: number,
  quarterLabel: (firstDay: number) => string
): ScenarioWindow[] {
  const quarterAt = (ahead: number) => fiscalPeriod(asOf + 1, "quarter", firstMonth, ahead);
  const yearOf = (day: number) => {
    const date = new Date(day * 86_400_000);
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth() - (firstMonth - 1);
    const at = (month: number) =>
      Date.UTC(Math.floor(month / 12), (month % 12) + firstMonth - 1, 1) / 86_400_000;
    const start = months - (months % 12);
    return {from: at(start), to: at(start + 12) - 1};
  };
  const year = yearOf(quarterAt(1).from);
  const quarters: ScenarioWindow[] = [];
  for (let ahead = 0; ahead < 6; ahead++) {
    const {from, to} = quarterAt(ahead);
    if (from > year.to) break;
    quarters.push({label: quarterLabel(from), from: isoOf(from), to: isoOf(to), kind: "quarter"});
  }
  const name = /^(.*?)\s*Q\d$/.exec(quarterLabel(quarterAt(1).from))?.[1]?.trim();
  return [
    ...quarters,
    {label: name ? `${name} (year)` : "fiscal year", from: isoOf(year.from), to: isoOf(year.to), kind: "year"}
  ];
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
        published: found ? {mean: found.mean, quantiles: found.quantiles} : null
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
