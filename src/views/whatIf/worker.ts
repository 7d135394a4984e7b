/** The engine's own thread: see answers.ts. */
import type {ScenarioInput} from "../../scenario/input.js";
import {type Answer, deeper} from "../../scenario/outlook/answer.js";
import {rememberingAnswers} from "../../scenario/outlook/remember.js";
import type {Scenario} from "../../scenario/scenario.js";
import type {Asked, Told} from "./answers.js";

let input: ScenarioInput | null = null;
let ask: (scenario: Scenario) => Answer;

addEventListener("message", ({data}: MessageEvent<Asked>) => {
  if (data.kind === "input") {
    input = data.input;
    ask = rememberingAnswers(input);
    return;
  }
  let told: Told;
  try {
    told = {
      result: data.kind === "answers" ? data.scenarios.map(ask) : deeper(input!, data.scenario, data.chance)
    };
  } catch (error) {
    told = {error: String(error)};
  }
  postMessage(told);
});
