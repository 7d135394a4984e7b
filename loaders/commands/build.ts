import {join, resolve} from "node:path";
import {EXIT} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {type Command, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {prepareCompanions, prepareWarehouse, prepareWorkspace} from "./prepare.ts";

/** Exports to warehouse to static site. The last good warehouse and site stay until the new ones have passed. */
export const build: Command = {
  usage: "[--workspace DIR] [--files DIR] [--out DIR]",
  options: {
    ...WORKSPACE_OPTIONS,
    out: {type: "string", short: "o"},
    force: {type: "boolean"},
    json: {type: "boolean"}
  },
  help: {
    ...WORKSPACE_HELP,
    out: "folder of the site (default: dist)",
    force: "build the warehouse even when nothing has changed",
    json: "print the manifest as JSON"
  },
  async run(context) {
    const prepared = await prepareWorkspace(context);
    const {manifest} = await prepareWarehouse(prepared, context);
    const companions = await prepareCompanions(prepared, context);
    // Read when it is its turn: exports that are refused are refused a second sooner.
    const {buildSite} = await import("../site/buildSite.ts");
    const dist = resolve((context.options["out"] as string | undefined) ?? join(PROJECT, "dist"));
    await buildSite({paths: prepared.paths, manifest, companions, dist, reporter: context.reporter});
    if (context.options["json"]) context.print(JSON.stringify(manifest, null, 2));
    else context.reporter.note(`   site in ${dist}, as of ${manifest.as_of}`);
    return EXIT.ok;
  }
};
