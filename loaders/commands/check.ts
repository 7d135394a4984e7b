import {rmSync} from "node:fs";
import {hideProblems} from "../publish/hideProblems.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {type Command, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {prepareWarehouse, prepareWorkspace, trialPaths} from "./prepare.ts";

/** Everything a build checks, without keeping what it makes. */
export const check: Command = {
  usage: "[--workspace DIR] [--files DIR] [--json]",
  options: {...WORKSPACE_OPTIONS, json: {type: "boolean"}},
  help: {...WORKSPACE_HELP, json: "print files and checks as JSON"},
  async run(context) {
    const prepared = await prepareWorkspace(context);
    const {workspace} = prepared;
    const problems = Object.entries(workspace.config.audiences).flatMap(([key, audience]) =>
      hideProblems(key, audience, workspace)
    );
    if (problems.length > 0)
      throw new WeirError("audiences hide what they tell all the same", {exitCode: EXIT.config, problems});
    const paths = trialPaths(prepared.paths);
    try {
      const forced = {...context, options: {...context.options, force: true}};
      const {manifest} = await prepareWarehouse({...prepared, paths}, forced);
      if (context.options["json"]) {
        context.print(JSON.stringify({version: 1, files: manifest.files, checks: manifest.checks}, null, 2));
        return EXIT.ok;
      }
      for (const {file, n_records, n_loaded, n_rejected} of manifest.files)
        context.print(`${file}\t${n_records} records\t${n_loaded} loaded\t${n_rejected} rejected`);
      for (const {name, severity, n_failures} of manifest.checks)
        context.print(
          `${n_failures === 0 ? "ok" : severity}\t${name}${n_failures > 0 ? `\t${n_failures}` : ""}`
        );
      return EXIT.ok;
    } finally {
      for (const file of [paths.warehouse, paths.manifest]) rmSync(file, {force: true});
    }
  }
};
