/** Work on models side by side, each after those it reads. */
import type {Model} from "./readModels.ts";

/**
 * Does the work of each model in one of the lanes, which take the next in order whose models are done. What fails stops
 * the lanes from taking more; but what fails for want of memory while another was at work is done again, and from then on one
 * model at a time.
 * @returns what the work gave, by the model's name
 * @throws the first error, once every lane stands still
 */
export async function inOrder<Lane, Result>(
  order: readonly Model[],
  lanes: readonly Lane[],
  work: (lane: Lane, model: Model) => Promise<Result>
): Promise<Map<string, Result>> {
  const waiting = [...order];
  const done = new Map<string, Result>();
  const running = new Set<Promise<void>>();
  const idle = [...lanes];
  const errors: unknown[] = [];
  let most = lanes.length;
  const take = async (lane: Lane, model: Model) => {
    const isAlone = most === 1;
    try {
      done.set(model.name, await work(lane, model));
    } catch (error) {
      if (!isAlone && isOutOfMemory(error)) {
        most = 1;
        waiting.unshift(model);
      } else errors.push(error);
    }
    idle.push(lane);
  };
  for (;;) {
    while (running.size < most && errors.length === 0) {
      const next = waiting.findIndex(({refs}) => refs.every((ref) => done.has(ref)));
      if (next < 0) break;
      const [model] = waiting.splice(next, 1);
      const taken: Promise<void> = take(idle.pop()!, model!).then(() => void running.delete(taken));
      running.add(taken);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (errors.length > 0) throw errors[0];
  return done;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /out of memory/i.test(error.message);
}
