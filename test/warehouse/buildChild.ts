/** A build in a process of its own, to be killed: arguments are the workspace's folder and the state folder. */
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {formatError, WeirError} from "../../loaders/weirError.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";

const [dir, state] = process.argv.slice(2);
const workspace = loadWorkspace(dir!);
process.stdout.write("ready\n");
try {
  await buildWarehouse({
    workspace,
    paths: statePaths(workspace, state!),
    filesDir: workspace.dir,
    reporter: silentReporter,
    builtAt: "2024-01-01T00:00:00Z"
  });
} catch (error) {
  console.error(error instanceof WeirError ? formatError(error) : error);
  process.exitCode = 1;
}
