/** Everything the What-if page shows of one scenario, as plain data: made in a worker, the same in every browser. */
import type {ScenarioInput, ScenarioWindow} from "../input.js";
import {type Bridge, bridge} from "../levers/bridge.js";
import {type BreakEven, breakEven, type TornadoBar, tornado} from "../levers/sensitivity.js";
import {windowOf} from "../levers/termsOf.js";
import {type Warning, warnings} from "../levers/warnings.js";
import type {Scenario} from "../scenario.js";
import {baseOutlook, chanceOf, type Outlook, outlook} from "./outlook.js";
import {targetOf} from "./target.js";

export interface WindowAnswer {
  label: string;
  base: Outlook;
  scenario: Outlook;
}

export interface Answer {
  window: ScenarioWindow;
  base: Outlook;
  scenario: Outlook;
  /** Every window, for the fan. */
  windows: WindowAnswer[];
  target: number | null;
  /** Where the target comes from: "scenario" or the quota of the selection. */
  targetFrom: "scenario" | "quota" | null;
  baseChance: number | null;
  chance: number | null;
  bridge: Bridge;
  warnings: Warning[];
}

/** What a lever move has to answer at once. */
export function answer(input: ScenarioInput, scenario: Scenario): Answer {
  const window = windowOf(input, scenario);
  const windows = input.windows.map(
    (each): WindowAnswer => ({
      label: each.label,
      base: baseOutlook(input, scenario, each),
      scenario: outlook(input, scenario, each)
    })
  );
  const own = windows.find(({label}) => label === window.label)!;
  const {target, from} = targetOf(input, scenario, window);
  return {
    window,
    base: own.base,
    scenario: own.scenario,
    windows,
    target,
    targetFrom: from,
    baseChance: target === null ? null : chanceOf(own.base, target),
    chance: target === null ? null : chanceOf(own.scenario, target),
    bridge: bridge(input, scenario),
    warnings: warnings(input, scenario)
  };
}

export interface Deeper {
  tornado: TornadoBar[];
  breakEven: BreakEven[];
  chance: number;
}

/** What may follow a moment later: sensitivities, and what must be true to reach the target with a chance. */
export function deeper(input: ScenarioInput, scenario: Scenario, chance: number): Deeper {
  const {target} = targetOf(input, scenario, windowOf(input, scenario));
  return {
    tornado: tornado(input, scenario),
    breakEven: target === null ? [] : breakEven(input, scenario, target, chance),
    chance
  };
}
