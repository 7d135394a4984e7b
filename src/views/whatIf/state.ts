/** What the What-if page assumes, as its address says it. */
import type {FilterState} from "../../components/filterBar.js";
import type {ScenarioHead} from "../../scenario/head.js";
import {fromLink, LINK_KEYS, scenarioParams, toLink, WITH_KEY} from "../../scenario/saved/link.js";
import {baseOf, type Scenario} from "../../scenario/scenario.js";

/** The part of a scenario that the panel holds; period and filters are the filter bar's. */
export type Assumed = Pick<Scenario, "name" | "target" | "levers" | "deals" | "made">;

export const OWN_KEYS: readonly string[] = [...LINK_KEYS, WITH_KEY];

export interface ReadState {
  assumed: Assumed;
  /** Why the address was not taken; then nothing is assumed. */
  problems: string[];
}

export function nothing(): Assumed {
  return {name: "", target: null, levers: [], deals: [], made: {hash: "", asOf: ""}};
}

/** Reads the address. A link with anything wrong is refused as a whole. */
export function readAddress(search: string): ReadState {
  const {scenario, problems} = fromLink(search, []);
  if (!scenario) return {assumed: nothing(), problems};
  const {name, target, levers, deals, made} = scenario;
  return {assumed: {name, target, levers, deals, made}, problems: []};
}

/** The address with what is assumed, everything else in it kept. @param window said where something is assumed */
export function writeAddress(search: string, assumed: Assumed, window: string): string {
  const params = new URLSearchParams(search);
  for (const key of LINK_KEYS) params.delete(key);
  const said = scenarioParams(assumed);
  // Which period a page opens at changes with the data; what was shared is about one.
  if (said.length > 0 && window && !params.has("period")) params.append("period", window);
  for (const [key, value] of said) params.append(key, value);
  const query = params.toString();
  return query && `?${query}`;
}

/** The whole scenario of a page. What was made on no data yet is made on this. */
export function scenarioOf(input: ScenarioHead, {period, filters}: FilterState, assumed: Assumed): Scenario {
  const chosen = Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0));
  const isBase = assumed.levers.length === 0 && assumed.deals.length === 0;
  const made = isBase || assumed.made.hash === "" ? madeOn(input) : assumed.made;
  return {...assumed, window: period ?? "", filters: chosen, made};
}

export function madeOn({dataHash, asOf}: ScenarioHead): Scenario["made"] {
  return {hash: dataHash, asOf};
}

/**
 * The scenarios that the address compares with, and what is wrong with those that cannot be read.
 * @param window of those that name none
 */
export function comparedWith(
  search: string,
  slices: readonly string[],
  window: string
): {scenarios: Scenario[]; problems: string[]} {
  const scenarios: Scenario[] = [];
  const problems: string[] = [];
  for (const query of new URLSearchParams(search).getAll(WITH_KEY).slice(0, 2)) {
    const checked = fromLink(query, slices);
    if (checked.scenario) scenarios.push({...checked.scenario, window: checked.scenario.window || window});
    else problems.push(...checked.problems);
  }
  return {scenarios, problems};
}

/** The address that shows a scenario, with those it is compared with. */
export function addressOf(scenario: Scenario, compared: readonly Scenario[] = []): string {
  const params = new URLSearchParams(toLink(scenario));
  for (const each of compared) params.append(WITH_KEY, toLink(each));
  const query = params.toString();
  return query && `?${query}`;
}

export {baseOf};
