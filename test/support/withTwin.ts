/** A twin written and built, also as of a past day, in a temporary folder that is removed again. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openDuckDb} from "../../loaders/engine/duckdb.ts";
import type {Engine} from "../../loaders/engine/engine.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {type Firm, writeTwin} from "../../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "./modelsFor.ts";

export interface BuiltTwin {
  firm: Firm;
  deals: number;
  seed: number;
  /** YYYY-MM-DD; without it the day of the exports. */
  asOf?: string;
  /** What the warehouse is to hold, with all it reads; everything if absent. */
  relations?: readonly string[];
}

/** Gives the twin's folder, with its truth, and its warehouse to `use`. */
export async function withTwin<T>(
  {firm, deals, seed, asOf, relations}: BuiltTwin,
  use: (dir: string, engine: Engine) => Promise<T>
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), "weir-twin-"));
  try {
    const dir = join(root, "twin");
    await writeTwin({firm, deals, seed, out: dir});
    if (asOf) {
      const file = join(dir, "workspace.yaml");
      const text = readFileSync(file, "utf8").replace(/^as_of:.*\n/m, "");
      writeFileSync(file, text.replace("base_currency:", `as_of: ${asOf}\nbase_currency:`));
    }
    const paths = statePaths({name: "twin"}, join(root, "state"));
    await buildWarehouse({
      workspace: loadWorkspace(dir),
      paths,
      filesDir: dir,
      reporter: silentReporter,
      builtAt: "2026-11-01T00:00:00.000Z",
      ...(relations ? {models: modelsFor(relations)} : {})
    });
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    try {
      return await use(dir, engine);
    } finally {
      engine.close();
    }
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}
