/** A warehouse of the demo in a temporary folder of this process, built once. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {prepareWarehouse, prepareWorkspace} from "../../loaders/commands/prepare.ts";
import {silentReporter} from "../../loaders/system/progress.ts";

let built: Promise<string> | undefined;

/** Path of the warehouse. */
export function builtDemo(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), "weir-forecast-"));
  process.on("exit", () => rmSync(state, {recursive: true, force: true}));
  const context = {
    options: {workspace: "data/demo", state},
    words: [],
    reporter: silentReporter,
    print() {},
    now: () => Date.UTC(2026, 10, 1)
  };
  const prepared = await prepareWorkspace(context);
  await prepareWarehouse(prepared, context);
  return prepared.paths.warehouse;
}
