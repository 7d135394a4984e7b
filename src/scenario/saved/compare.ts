/** What one scenario says and another does not, in words; and whether it was made on this data. */
import type {ScenarioInput} from "../input.js";
import {forcedWords, leverWords} from "../levers/words.js";
import type {Scenario} from "../scenario.js";

export interface ScenarioDiff {
  onlyFirst: string[];
  onlySecond: string[];
  both: string[];
}

/** @param labels names of slices, by key */
export function compareScenarios(
  first: Scenario,
  second: Scenario,
  labels: Readonly<Record<string, string>> = {}
): ScenarioDiff {
  const [a, b] = [assumptions(first, labels), assumptions(second, labels)];
  return {
    onlyFirst: a.filter((words) => !b.includes(words)),
    onlySecond: b.filter((words) => !a.includes(words)),
    both: a.filter((words) => b.includes(words))
  };
}

/** Everything a scenario says, one sentence a thing. */
export function assumptions(scenario: Scenario, labels: Readonly<Record<string, string>> = {}): string[] {
  const {levers, deals, target, window, filters} = scenario;
  const cuts = Object.entries(filters).flatMap(([key, values]) =>
    values.length > 0 ? [`Only ${(labels[key] ?? key).toLowerCase()} ${values.join(", ")}`] : []
  );
  return [
    ...levers.map((lever) => leverWords(lever, labels)),
    ...deals.map((deal) => forcedWords(deal)),
    ...(target === null ? [] : [`Target ${target}`]),
    ...(window ? [`Period ${window}`] : []),
    ...cuts
  ];
}

/** Null when the scenario was made on this data (or says nothing of it), else a note that says how it differs. */
export function otherData(
  {made}: Scenario,
  {dataHash, asOf}: Pick<ScenarioInput, "dataHash" | "asOf">
): string | null {
  if (made.hash === "" || made.hash === dataHash) return null;
  const same =
    made.asOf === asOf ? "the same day, but of other exports or settings" : made.asOf || "an unknown day";
  return `This scenario was made on data of ${same}; what you see is its assumptions on the data of ${asOf}. Figures differ from those its author saw.`;
}
