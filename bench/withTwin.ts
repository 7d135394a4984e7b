/** A twin of any size in a temporary folder, and its warehouse. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import type {Engine} from "../loaders/engine/engine.ts";
import {silentReporter} from "../loaders/system/progress.ts";
import {type TwinOptions, writeTwin} from "../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../loaders/workspace/statePaths.ts";

/** What `ask` finds in the twin's warehouse, which is only read, and its folder, where truth/ lies; both are deleted afterwards. */
export async function withTwin<T>(
  twin: Pick<TwinOptions, "firm" | "deals" | "seed">,
  ask: (engine: Engine, dir: string) => Promise<T>
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), "weir-bench-"));
  try {
    const dir = join(root, "twin");
    await writeTwin({...twin, out: dir});
    const workspace = loadWorkspace(dir);
    const paths = statePaths({name: twin.firm}, join(root, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt});
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    try {
      return await ask(engine, dir);
    } finally {
      engine.close();
    }
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}
