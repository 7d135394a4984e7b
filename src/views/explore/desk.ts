/** Puts questions to the Explore page's worker. */
import type {ExploreAnswer} from "../../slices/explore/answerQuestion.js";
import type {ListedRows} from "../../slices/explore/columnFiles.js";
import type {ExploreShape} from "../../slices/explore/exploreTable.js";
import type {Question} from "../../slices/explore/question.js";
import type {ExploreAsked, ExploreFiles, ExploreTold} from "../../slices/explore/worker.js";

export interface Desk {
  /** What can be asked; the worker has read its files then. */
  shapes: ExploreShape[];
  answer(question: Question): Promise<ExploreAnswer>;
  /** The rows behind a question or one group of it; at most so many. */
  rows(question: Question, group: {by?: string; across?: string}, most: number): Promise<ListedRows>;
}

type WithoutId<Asked> = Asked extends unknown ? Omit<Asked, "id"> : never;

/**
 * Starts the worker.
 * @param script address of the worker
 * @param files addresses of its data; of files by column the version of the parts
 * @throws Error when the worker cannot start (a host whose policy forbids it) or a file cannot be read
 */
export async function openDesk(script: string, files: Record<string, string>): Promise<Desk> {
  const worker = new Worker(script, {type: "module"});
  const waiting = new Map<number, {take(told: ExploreTold): void}>();
  let id = 0;
  worker.addEventListener("message", ({data}: MessageEvent<ExploreTold>) => {
    waiting.get(data.id)?.take(data);
    waiting.delete(data.id);
  });
  worker.addEventListener("error", ({message}) => {
    for (const [own, {take}] of waiting)
      take({id: own, error: message || "this host does not let the page start its worker"});
    waiting.clear();
  });
  const ask = <Result>(question: WithoutId<ExploreAsked>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const own = ++id;
      const take = (told: ExploreTold) =>
        "error" in told ? reject(new Error(told.error)) : resolve(told.result as Result);
      waiting.set(own, {take});
      worker.postMessage({...question, id: own} as ExploreAsked);
    });
  const page = location.href;
  const absolute = (
    "version" in files
      ? {...files, page}
      : Object.fromEntries(Object.entries(files).map(([name, url]) => [name, new URL(url, page).href]))
  ) as ExploreFiles;
  return {
    shapes: await ask<ExploreShape[]>({kind: "open", files: absolute}),
    answer: (question) => ask<ExploreAnswer>({kind: "answer", question}),
    rows: (question, group, most) => ask<ListedRows>({kind: "rows", question, group, most})
  };
}
