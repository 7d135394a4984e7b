/** A build in a process of its own, to be killed: arguments are the workspace's folder and the state folder. Prints a line at every step. */
import {type Reporter, silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {formatError, WeirError} from "../../loaders/weirError.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";

const [dir, state] = process.argv.slice(2);
const workspace = loadWorkspace(dir!);
const step = () => void process.stdout.write("step\n");
const reporter: Reporter = {...silentReporter, start: () => ({tick: step, done: step})};
try {
  await buildWarehouse({
    workspace,
    paths: statePaths(workspace, state!),
    filesDir: workspace.dir,
    reporter,
    builtAt: "2024-01-01T00:00:00Z",
    models: modelsFor(["deals"])
  });
} catch (error) {
  console.error(error instanceof WeirError ? formatError(error) : error);
  process.exitCode = 1;
}
