/** Observable Framework: where it is, what it reads, and how it and the page loaders are run. */
import {join} from "node:path";
import type {Manifest} from "../warehouse/manifest.ts";
import {WAREHOUSE_VARIABLE} from "../warehouse/openWarehouse.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";
import {notBuilt, runNode} from "./runNode.ts";

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

const TYPESCRIPT = ["--import", "tsx/esm"];
const PRINT_ALL = join(PROJECT, "loaders", "pages", "printAll.ts");

/** The environment in which Framework runs the page loaders. */
export function siteEnvironment(
  {warehouse}: Pick<StatePaths, "warehouse">,
  manifest: Pick<Manifest, "company" | "is_synthetic">,
  dist: string
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    [WAREHOUSE_VARIABLE]: warehouse,
    WEIR_DIST: dist,
    WEIR_TITLE: manifest.company,
    WEIR_SYNTHETIC: manifest.is_synthetic ? "yes" : "",
    OBSERVABLE_TELEMETRY_DISABLE: "1"
  };
}

/** Runs page loaders, all or those of the files `only`, and keeps what they print below `into`. @throws {WeirError} with their last words */
export async function printData(
  into: string,
  env: NodeJS.ProcessEnv,
  hear: (line: string) => void,
  only?: readonly string[]
): Promise<void> {
  const wanted = only ? ["--only", ...only] : [];
  const {code, lines} = await runNode([...TYPESCRIPT, PRINT_ALL, SOURCE, into, ...wanted], env, hear);
  if (code !== 0) throw notBuilt(lines);
}

/** Makes the pages, which find their data in Framework's cache; returns how many there are. @throws {WeirError} with Framework's last words */
export async function makePages(env: NodeJS.ProcessEnv, hear: (line: string) => void): Promise<number> {
  const {code, lines} = await runNode([FRAMEWORK, "build"], env, hear);
  // Framework exits 0 although a page failed, and leaves the file out.
  if (code !== 0 || lines.some((line) => /error:|→ .*error|exited with code/i.test(line)))
    throw notBuilt(lines);
  return lines.filter((line) => /^load /.test(line)).length;
}
