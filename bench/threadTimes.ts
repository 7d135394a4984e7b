/** What the threads of a page cost and how long they waited for a core, from Linux's own accounts. */
import {readdirSync, readFileSync} from "node:fs";

export interface ThreadTime {
  /** Milliseconds on a core, and milliseconds ready to run while every core was taken by somebody else. */
  cpu: number;
  waited: number;
}

/** Threads of a page: its main one, and its workers' in the order they began. Paths of their accounts. */
export interface PageThreads {
  main: string[];
  workers: string[];
}

/** The threads of all pages of the browsers that this process started. */
export function pageThreads(root = process.pid): PageThreads {
  const children = new Map<number, number[]>();
  for (const pid of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const parent = parentOf(pid);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((each) => [each, ...below(each)]);
  const renderers = below(root).filter((pid) => textOf(`/proc/${pid}/cmdline`).includes("--type=renderer"));
  const tasks = renderers.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`)
  );
  return {
    main: renderers.map((pid) => `/proc/${pid}/task/${pid}`),
    workers: tasks
      .filter((task) => textOf(`${task}/comm`).startsWith("DedicatedWorker"))
      .sort((a, b) => Number(a.split("/").at(-1)) - Number(b.split("/").at(-1)))
  };
}

/** The sum over threads. */
export function timeOf(threads: readonly string[]): ThreadTime {
  let [cpu, waited] = [0, 0];
  for (const thread of threads) {
    const [ran = 0, ready = 0] = readFileSync(`${thread}/schedstat`, "utf8").split(" ").map(Number);
    cpu += ran / 1e6;
    waited += ready / 1e6;
  }
  return {cpu, waited};
}

function parentOf(pid: string): number | null {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat ? Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) : null;
}

/** "" once the process or thread is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
