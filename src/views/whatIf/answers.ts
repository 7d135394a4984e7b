/** Asks the engine off the main thread; where there are no workers, on it. */
import type {ScenarioInput} from "../../scenario/input.js";
import {type Answer, type Deeper, deeper} from "../../scenario/outlook/answer.js";
import {rememberingAnswers} from "../../scenario/outlook/remember.js";
import type {Scenario} from "../../scenario/scenario.js";

/** What goes to the worker: the input once, then questions. */
export type Asked =
  | {kind: "input"; input: ScenarioInput}
  | {kind: "answers"; scenarios: Scenario[]}
  | {kind: "deeper"; scenario: Scenario; chance: number};
export type Told = {result: Answer[] | Deeper} | {error: string};

export interface Engine {
  /** Headline figures, bands and bridge of each. A question overtaken by a newer one is never answered. */
  answers(scenarios: Scenario[]): Promise<Answer[]>;
  /** Sensitivities and break-even. */
  deeper(scenario: Scenario, chance: number): Promise<Deeper>;
}

/** Two workers: sensitivities take longer and must not hold up the next slider move. */
export function startEngine(input: ScenarioInput): Engine {
  if (typeof Worker === "undefined") {
    const ask = rememberingAnswers(input);
    return {
      answers: async (scenarios) => scenarios.map(ask),
      deeper: async (scenario, chance) => deeper(input, scenario, chance)
    };
  }
  const [quick, slow] = [line(input), line(input)];
  return {
    answers: (scenarios) => quick({kind: "answers", scenarios}) as Promise<Answer[]>,
    deeper: (scenario, chance) => slow({kind: "deeper", scenario, chance}) as Promise<Deeper>
  };
}

type Question = Exclude<Asked, {kind: "input"}>;

/** One worker that answers the newest question; those in between are dropped. */
function line(input: ScenarioInput): (question: Question) => Promise<Answer[] | Deeper> {
  const worker = new Worker(import.meta.resolve("./worker.js"), {type: "module"});
  worker.postMessage({kind: "input", input} satisfies Asked);
  let next: {question: Question; take: (told: Told) => void} | null = null;
  let busy: ((told: Told) => void) | null = null;
  const send = () => {
    if (busy || !next) return;
    busy = next.take;
    worker.postMessage(next.question);
    next = null;
  };
  const told = (data: Told) => {
    const take = busy;
    busy = null;
    // On a drag each answer is shown, so that the chart follows the hand; what came in meanwhile is next.
    take?.(data);
    send();
  };
  worker.addEventListener("message", ({data}: MessageEvent<Told>) => told(data));
  worker.addEventListener("error", ({message}) => told({error: message || "the worker could not start"}));
  return (question) =>
    new Promise((resolve, reject) => {
      next = {
        question,
        take: (told) => ("error" in told ? reject(new Error(told.error)) : resolve(told.result))
      };
      send();
    });
}
