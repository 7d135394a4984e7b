/** What a scenario assumes that has not been seen before, or that this data cannot carry, in words. */
import {dayNumber} from "../../slices/facts.js";
import type {ScenarioInput} from "../input.js";
import type {Scenario} from "../scenario.js";
import {LEVERS} from "./leverKinds.js";
import {rowOf} from "./selected.js";
import {usableKinds} from "./sensitivity.js";
import {leverValue} from "./words.js";

export interface Warning {
  /** Index of the lever or deal in the scenario. */
  lever?: number;
  deal?: number;
  words: string;
}

/** Empty when everything lies within what has been seen. */
export function warnings(input: ScenarioInput, scenario: Scenario): Warning[] {
  const found: Warning[] = [];
  const usable = usableKinds(input);
  scenario.levers.forEach(({kind, value, where, from}, lever) => {
    const {label, neutral, onArrivals} = LEVERS[kind];
    if (value === neutral) return;
    const past = input.history[kind];
    if (!usable.includes(kind))
      found.push({lever, words: `${label}: the exports do not hold what it acts on, so it changes nothing.`});
    else if (past && (value < past.lo || value > past.hi))
      found.push({
        lever,
        words: `${label} of ${leverValue(kind, value)} has not been seen before: ${past.words} it was between ${leverValue(kind, past.lo)} and ${leverValue(kind, past.hi)}.`
      });
    if (where && onArrivals && where.dimension === "stage")
      found.push({lever, words: `${label}: deals not created yet have no stage, so it changes nothing.`});
    else if (where && input.deals.columns[where.dimension]?.kind !== "key")
      found.push({
        lever,
        words: `${label}: this data is not cut by ${where.dimension}, so it changes nothing.`
      });
    if (from && dayNumber(from) > dayNumber(input.windows.at(-1)!.to))
      found.push({lever, words: `${label} begins after the last period, so it changes nothing.`});
  });
  scenario.deals.forEach((forced, deal) => {
    if (!rowOf(input).has(forced.deal))
      found.push({deal, words: `Deal ${forced.deal} is not open in this data.`});
    else if (forced.action === "won" && forced.on && forced.on <= input.asOf)
      found.push({
        deal,
        words: `Deal ${forced.deal} cannot be won on ${forced.on}: that is not after ${input.asOf}.`
      });
  });
  return found;
}
