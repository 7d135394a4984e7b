/** Asks the optimiser in its worker; the newest question wins. */
import type {PlanAnswer} from "../../scenario/plan/optimise.js";
import type {PlanProblem} from "../../scenario/plan/plan.js";
import type {PlanAsked, PlanTold} from "../../scenario/plan/worker.js";

/** @param script address of the worker. @param wasm address of its binary */
export function startOptimiser(script: string, wasm: string): (problem: PlanProblem) => Promise<PlanAnswer> {
  let worker: Worker | null = null;
  let id = 0;
  return (problem) =>
    new Promise((resolve, reject) => {
      worker ??= new Worker(script, {type: "module"});
      const own = ++id;
      const hear = ({data}: MessageEvent<PlanTold>) => {
        if (data.id !== own) return;
        worker!.removeEventListener("message", hear);
        if ("error" in data) reject(new Error(data.error));
        else resolve(data.answer);
      };
      worker.addEventListener("message", hear);
      worker.addEventListener("error", ({message}) =>
        reject(new Error(message || "the optimiser could not start"))
      );
      worker.postMessage({id: own, wasm: new URL(wasm, location.href).href, problem} satisfies PlanAsked);
    });
}
