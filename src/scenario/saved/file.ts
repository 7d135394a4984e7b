/** A scenario as a file: the page writes JSON; YAML, which a person writes more easily, is read as well. */
import type {Scenario} from "../scenario.js";
import {type Checked, checkScenario, type ScenarioFile} from "./check.js";

/** The file's content as an object; what is at its default is there all the same, so that a reader sees what can be said. */
export function toFile({name, window, target, filters, levers, deals, made, said}: Scenario): ScenarioFile {
  return {
    weir_scenario: 1,
    name,
    data: {hash: made.hash, as_of: made.asOf},
    period: window,
    target,
    filters: Object.fromEntries(Object.entries(filters).map(([key, values]) => [key, [...values]])),
    levers: levers.map(({kind, ...rest}) => ({lever: kind, ...rest})),
    deals: deals.map((deal) => ({...deal})),
    ...(said ? {said: {...said}} : {})
  };
}

/** The file's text. */
export function writeFile(scenario: Scenario): string {
  return `${JSON.stringify(toFile(scenario), null, 2)}\n`;
}

/**
 * Reads a file's text, JSON or YAML, or says what is wrong with it.
 * @param parseYaml reads YAML (of which JSON is a part), so that pages need not carry a reader of it; throws on bad text
 */
export function readFile(text: string, parseYaml: (text: string) => unknown): Checked {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    return {scenario: null, problems: [`not a scenario file: ${(error as Error).message.split("\n")[0]}`]};
  }
  return checkScenario(value);
}

/** A file name made of the scenario's own: letters, digits and dashes. */
export function fileName({name}: Scenario): string {
  const plain = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `${plain || "scenario"}.json`;
}
