/** What a scenario assumes that has not been seen before, or that this data cannot carry, in words. */
import {dayNumber} from "../../slices/facts.js";
import {NONE} from "../../slices/select.js";
import type {ScenarioInput} from "../input.js";
import type {Scenario} from "../scenario.js";
import {LEAST_MONEY} from "../spend/spendEffect.js";
import {peopleIn} from "./arrivalTerms.js";
import {LEVERS} from "./leverKinds.js";
import {rowOf} from "./selected.js";
import {usableKinds} from "./sensitivity.js";
import {windowOf} from "./termsOf.js";
import {leverValue, leverWords} from "./words.js";

export interface Warning {
  /** Index of the lever or deal in the scenario. */
  lever?: number;
  deal?: number;
  words: string;
  /** The same in a few words, of a lever beyond what has been seen: "Price +5% (−11% to +3%)". */
  beyond?: string;
}

/** A number of people to one place, without a trailing 0. */
function tenths(value: number): string {
  return String(Math.round(10 * value) / 10);
}

/** Whether any open deal, or any source of deals to come, has a value of a slice. */
function isKnown({deals, arrivals}: ScenarioInput, {dimension, value}: {dimension: string; value: string}) {
  const column = deals.columns[dimension];
  return (
    (column?.kind === "key" && (value === NONE || column.words.includes(value))) ||
    arrivals.some(({shares}) => (shares[dimension]?.[value] ?? 0) > 0)
  );
}

/** Empty when everything lies within what has been seen. */
export function warnings(input: ScenarioInput, scenario: Scenario): Warning[] {
  const found: Warning[] = [];
  const usable = usableKinds(input);
  if (scenario.window && !input.windows.some(({label}) => label === scenario.window))
    found.push({
      words: `${scenario.window} is no period of this data; ${windowOf(input, scenario).label} is shown.`
    });
  scenario.levers.forEach(({kind, value, where, from}, lever) => {
    const {label, neutral, onArrivals} = LEVERS[kind];
    if (value === neutral) return;
    const past = input.history[kind];
    if (!usable.includes(kind))
      found.push({lever, words: `${label}: the exports do not hold what it acts on, so it changes nothing.`});
    else if (past && (value < past.lo || value > past.hi))
      found.push({
        lever,
        beyond: `${leverWords({kind, value, ...(where ? {where} : {})})} (${leverValue(kind, past.lo)} to ${leverValue(kind, past.hi)})`,
        words: `${label} of ${leverValue(kind, value)} has not been seen before: ${past.words} it was between ${leverValue(kind, past.lo)} and ${leverValue(kind, past.hi)}.`
      });
    if (where && onArrivals && where.dimension === "stage")
      found.push({lever, words: `${label}: deals not created yet have no stage, so it changes nothing.`});
    else if (where && input.deals.columns[where.dimension]?.kind !== "key")
      found.push({
        lever,
        words: `${label}: this data is not cut by ${where.dimension}, so it changes nothing.`
      });
    else if (where && !isKnown(input, where))
      found.push({
        lever,
        words: `${label}: no deal has ${where.dimension} ${where.value}, so it changes nothing.`
      });
    if (kind === "campaigns" && value < LEAST_MONEY)
      found.push({
        lever,
        words: `${label}: what comes without any money is not known; ${Math.round(100 * LEAST_MONEY)}% of today's is taken.`
      });
    if (kind === "enablement" && value > (input.partners?.training?.nUntrained ?? 0))
      found.push({
        lever,
        words: `${label}: only ${input.partners?.training?.nUntrained ?? 0} active partners have had no training; more change nothing.`
      });
    const there = peopleIn(input, {kind, ...(where ? {where} : {})});
    if (kind === "enablement" && where && there > 0 && value > there)
      found.push({
        lever,
        words: `${label}: what partners bring to ${where.dimension} ${where.value} is the work of ${tenths(there)} of ${input.partners!.n}; more change nothing.`
      });
    if ((kind === "hiring" || kind === "partners") && there > 0 && -value > there)
      found.push({
        lever,
        words: `${label}: ${where ? `in ${where.dimension} ${where.value} is` : "there is"} the work of ${tenths(there)} ${kind === "hiring" ? "reps" : "partners"}; no more than that can go.`
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
