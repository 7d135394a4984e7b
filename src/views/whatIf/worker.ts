/** The engine's own thread: it fetches the deals itself, so that the page never holds them. See answers.ts. */
import {dealsById, findDeals} from "../../scenario/findDeals.js";
import type {ScenarioInput} from "../../scenario/input.js";
import {deeper} from "../../scenario/outlook/answer.js";
import {rememberingAnswers} from "../../scenario/outlook/remember.js";
import {type PackedInput, unpackInput} from "../../scenario/packedInput.js";
import type {Scenario} from "../../scenario/scenario.js";
import type {Asked, Question, Told} from "./answers.js";

let held: Promise<{input: ScenarioInput; ask: ReturnType<typeof rememberingAnswers>}> | null = null;
let isWarm = false;

async function load(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the data of the scenarios cannot be fetched: ${response.status}`);
  const input = unpackInput(((await response.json()) as {input: PackedInput}).input);
  return {input, ask: rememberingAnswers(input)};
}

addEventListener("message", async ({data}: MessageEvent<Asked>) => {
  if ("url" in data) {
    held = load(data.url);
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
  const {input, ask} = await held!;
  if (question.kind === "deals") return findDeals(input, question.text);
  if (question.kind === "names") return dealsById(input, question.ids);
  if (question.kind === "deeper") return deeper(input, question.scenario, question.chance);
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
