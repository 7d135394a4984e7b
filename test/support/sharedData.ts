/** Public data for tests that is not in the repository: beside the checkout, or where WEIR_SHARED_DATA says. */
import {existsSync} from "node:fs";
import {join} from "node:path";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

/** The folder of a public data set, or undefined, said plainly, when it is absent. */
export function sharedData(name: string): string | undefined {
  const dir = join(process.env["WEIR_SHARED_DATA"] ?? join(PROJECT, "..", "shared", "data"), name);
  if (existsSync(dir)) return dir;
  process.stderr.write(`absent: ${name} (looked in ${dir}); the tests on it are skipped\n`);
  return undefined;
}
