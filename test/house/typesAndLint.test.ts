/** `npm run types` and `npm run lint` beside the other tests: on one core each they left the other one idle. */
import {execFile} from "node:child_process";
import {promisify} from "node:util";
import {expect, test} from "vitest";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

for (const script of ["types", "lint"])
  test(`npm run ${script} finds nothing`, async () => {
    const run = promisify(execFile)("npm", ["run", "--silent", script], {
      cwd: PROJECT,
      shell: process.platform === "win32",
      maxBuffer: 64e6
    });
    const said = await run.then(
      () => "",
      ({stdout, stderr}: {stdout: string; stderr: string}) =>
        `${stdout}${stderr}` || "it failed without a word"
    );
    expect(said).toBe("");
  });
