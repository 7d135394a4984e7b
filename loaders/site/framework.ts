/** Observable Framework: where it is, what it reads, and the environment in which it runs the page loaders. */
import {join} from "node:path";
import type {Manifest} from "../warehouse/manifest.ts";
import {WAREHOUSE_VARIABLE} from "../warehouse/openWarehouse.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";

export const FRAMEWORK = join(
  PROJECT,
  "node_modules",
  "@observablehq",
  "framework",
  "dist",
  "bin",
  "observable.js"
);

/** Framework's source root. */
export const SOURCE = join(PROJECT, "src");

/** The environment in which Framework runs the page loaders. */
export function siteEnvironment(paths: StatePaths, manifest: Manifest, dist: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    [WAREHOUSE_VARIABLE]: paths.warehouse,
    WEIR_DIST: dist,
    WEIR_TITLE: manifest.company,
    WEIR_SYNTHETIC: manifest.is_synthetic ? "yes" : "",
    OBSERVABLE_TELEMETRY_DISABLE: "1"
  };
}
