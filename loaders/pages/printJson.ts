/** What every JSON page loader does: open the warehouse, ask one question, print the answer. */
import type {Engine} from "../engine/engine.ts";
import {withWarehouse} from "../warehouse/openWarehouse.ts";

/** Prints `ask(engine)` as JSON on stdout. */
export async function printJson(ask: (engine: Engine) => Promise<unknown>): Promise<void> {
  process.stdout.write(JSON.stringify(await withWarehouse(ask)));
}
