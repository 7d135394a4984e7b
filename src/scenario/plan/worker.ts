/** The optimiser's own thread: bundled whole by loaders/pages/bundleWorker.ts, its WebAssembly lies beside it. */
import {highsSolver} from "./highsSolver.js";
import {optimise, type PlanAnswer} from "./optimise.js";
import type {PlanProblem, Solve} from "./plan.js";

export interface PlanAsked {
  id: number;
  /** Address of the solver's binary, of this site. */
  wasm: string;
  problem: PlanProblem;
}
export type PlanTold = {id: number; answer: PlanAnswer} | {id: number; error: string};

let solver: Promise<Solve> | null = null;

addEventListener("message", async ({data}: MessageEvent<PlanAsked>) => {
  let told: PlanTold;
  try {
    solver ??= highsSolver(data.wasm);
    told = {id: data.id, answer: optimise(data.problem, await solver)};
  } catch (error) {
    told = {id: data.id, error: error instanceof Error ? error.message : String(error)};
  }
  postMessage(told);
});
