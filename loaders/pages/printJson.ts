/** What every JSON page loader does: open the warehouse, ask one question, print the answer. */
import type {Engine} from "../engine/engine.ts";
import {withWarehouse} from "../warehouse/openWarehouse.ts";
import {isLarge} from "./parts/partsIndex.ts";

/** Prints `ask(engine)` as JSON on stdout. */
export async function printJson(ask: (engine: Engine) => Promise<unknown>): Promise<void> {
  process.stdout.write(JSON.stringify(await withWarehouse(ask)));
}

/** The same for what has rows of single deals: null for a large firm, whose pages fetch parts in their place. */
export async function printRows(ask: (engine: Engine) => Promise<unknown>): Promise<void> {
  await printJson(async (engine) => ((await isLarge(engine)) ? null : ask(engine)));
}
