/** A build in a process of its own, to be killed: arguments are the workspace's folder, the state folder and the moment to die at, as JSON. Prints a line at every step. */
import {type Reporter, silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {formatError, WeirError} from "../../loaders/weirError.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../../loaders/workspace/statePaths.ts";
import {modelsFor} from "../support/modelsFor.ts";
import {dieAt, type Moment} from "./dieAt.ts";

const [dir, state, moment] = process.argv.slice(2);
const stepped = dieAt(moment === undefined ? undefined : (JSON.parse(moment) as Moment));
const workspace = loadWorkspace(dir!);
const step = () => {
  process.stdout.write("step\n");
  stepped();
};
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
