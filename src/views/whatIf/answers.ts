/** Asks the engine off the main thread. */
import type {FoundDeal} from "../../scenario/findDeals.js";
import type {Answer, Deeper} from "../../scenario/outlook/answer.js";
import type {Scenario} from "../../scenario/scenario.js";

export type Question =
  | {kind: "answers"; scenarios: Scenario[]}
  | {kind: "deeper"; scenario: Scenario; chance: number}
  | {kind: "deals"; text: string}
  | {kind: "names"; ids: string[]};
/** Where a worker's data are; of a large firm also the version of the parts and the page that they lie beside. */
export interface Place {
  url: string;
  version: string | null;
  page: string;
}
/** What goes to a worker: where its data are, once, then questions. */
export type Asked = Place | {lane: number; question: Question};
export type Told = {lane: number} & ({result: Results} | {error: string});
type Results = Answer[] | Deeper | FoundDeal[];

export interface Engine {
  /** Headline figures, bands and bridge of each. A question overtaken by a newer one is never answered. */
  answers(scenarios: Scenario[]): Promise<Answer[]>;
  /** Sensitivities and break-even. */
  deeper(scenario: Scenario, chance: number): Promise<Deeper>;
  /** Open deals whose name holds a text, the largest first. */
  deals(text: string): Promise<FoundDeal[]>;
  /** Open deals by id. */
  names(ids: string[]): Promise<FoundDeal[]>;
}

/**
 * Two workers: sensitivities take longer and must not hold up the next slider move; theirs starts when first asked.
 * @param url of the scenarios' data, of this site
 * @param version of a large firm's parts; null for an ordinary one
 */
export function startEngine(url: string, version: string | null): Engine {
  const place = {url: new URL(url, location.href).href, version, page: location.href};
  const quick = startWorker(place);
  let slow: Lanes | null = null;
  const answers = quick<Answer[]>();
  const deals = quick<FoundDeal[]>();
  const names = quick<FoundDeal[]>();
  let deep: ((question: Question) => Promise<Deeper>) | null = null;
  return {
    answers: (scenarios) => answers({kind: "answers", scenarios}),
    deeper: (scenario, chance) => {
      slow ??= startWorker(place);
      deep ??= slow<Deeper>();
      return deep({kind: "deeper", scenario, chance});
    },
    deals: (text) => deals({kind: "deals", text}),
    names: (ids) => names({kind: "names", ids})
  };
}

/** Opens a lane to a worker: it answers the newest question of each, those in between are dropped. */
type Lanes = <Result extends Results>() => (question: Question) => Promise<Result>;

function startWorker(place: Place): Lanes {
  const worker = new Worker(import.meta.resolve("./worker.js"), {type: "module"});
  worker.postMessage(place satisfies Asked);
  const hearers: ((told: Told) => void)[] = [];
  worker.addEventListener("message", ({data}: MessageEvent<Told>) => hearers[data.lane]!(data));
  worker.addEventListener("error", ({message}) => {
    for (const [lane, hear] of hearers.entries())
      hear({lane, error: message || "the worker could not start"});
  });
  return <Result extends Results>() => {
    const lane = hearers.length;
    let next: {question: Question; take: (told: Told) => void} | null = null;
    let busy: ((told: Told) => void) | null = null;
    const send = () => {
      if (busy || !next) return;
      busy = next.take;
      worker.postMessage({lane, question: next.question} satisfies Asked);
      next = null;
    };
    hearers.push((told) => {
      const take = busy;
      busy = null;
      // On a drag each answer is shown, so that the chart follows the hand; what came in meanwhile is next.
      take?.(told);
      send();
    });
    return (question) =>
      new Promise<Result>((resolve, reject) => {
        next = {
          question,
          take: (told) => {
            if ("error" in told) reject(new Error(told.error));
            else resolve(told.result as Result);
          }
        };
        send();
      });
  };
}
