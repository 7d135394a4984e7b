/** Where a workspace keeps what Weir makes of it. Nothing here is ever needed to rebuild it. */
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import type {LoadedWorkspace} from "./loadWorkspace.ts";

export const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const DEFAULT_WORKSPACE = join(PROJECT, "data", "demo");

export interface StatePaths {
  dir: string;
  warehouse: string;
  manifest: string;
  /** Typed copies of files already read, by content. */
  landing: string;
  /** Exports made from a seed. */
  generated: string;
  /** The site before the last one. */
  previousDist: string;
  /** Scenarios committed beside workspace.yaml: an input, not state; absent where only a name is known. */
  scenarios?: string;
}

/** The state folder of a workspace: `<state>/<name>`, by default under .weir in the project. */
export function statePaths(
  workspace: Pick<LoadedWorkspace, "name"> & Partial<Pick<LoadedWorkspace, "dir">>,
  state = join(PROJECT, ".weir")
): StatePaths {
  const dir = join(state, workspace.name);
  return {
    dir,
    warehouse: join(dir, "warehouse.duckdb"),
    manifest: join(dir, "manifest.json"),
    landing: join(dir, "landing"),
    generated: join(dir, "exports"),
    previousDist: join(dir, "dist.previous"),
    ...(workspace.dir === undefined ? {} : {scenarios: join(workspace.dir, "scenarios")})
  };
}
