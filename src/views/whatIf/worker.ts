/** The engine's own thread: it fetches the deals itself, so that the page never holds them. See answers.ts. */
import {deeper} from "../../scenario/outlook/answer.js";
import {rememberingAnswers} from "../../scenario/outlook/remember.js";
import type {Scenario} from "../../scenario/scenario.js";
import type {Asked, Question, Told} from "./answers.js";
import {openSupply, type Supply} from "./supply.js";

let held: Promise<{supply: Supply; ask: ReturnType<typeof rememberingAnswers>}> | null = null;
let isWarm = false;

addEventListener("message", async ({data}: MessageEvent<Asked>) => {
  if ("url" in data) {
    held = openSupply(data).then((supply) => ({supply, ask: rememberingAnswers(supply.input)}));
    held.catch(() => {});
    return;
  }
  let told: Told;
  try {
    told = {lane: data.lane, result: await resultOf(data.question)};
  } catch (error) {
    told = {lane: data.lane, error: error instanceof Error ? error.message : String(error)};
  }
  postMessage(told);
});

async function resultOf(question: Question) {
  const {supply, ask} = await held!;
  if (question.kind === "deals") return supply.deals(question.text);
  if (question.kind === "names") return supply.names(question.ids);
  await supply.ready(question.kind === "deeper" ? [question.scenario] : question.scenarios);
  if (question.kind === "deeper") return deeper(supply.input, question.scenario, question.chance);
  const answers = question.scenarios.map(ask);
  if (!isWarm) {
    isWarm = true;
    warmUp(ask, question.scenarios[0]!);
  }
  return answers;
}

/** Values a slider is likely to be put to first. */
const LIKELY = [1.01, 0.99, 1.02, 1.05];

/** The first moves group the deals and wait for the machine code; both are done before a hand is at the slider. */
function warmUp(ask: (scenario: Scenario) => unknown, scenario: Scenario, at = 0): void {
  if (at >= LIKELY.length) return;
  setTimeout(() => {
    ask({...scenario, levers: [...scenario.levers, {kind: "win_rate", value: LIKELY[at]!}]});
    warmUp(ask, scenario, at + 1);
  }, 50);
}
