import {join, resolve} from "node:path";
import {buildForecast} from "../forecast/buildForecast.ts";
import {buildPlanning} from "../planning/buildPlanning.ts";
import {buildScenario} from "../scenario/buildScenario.ts";
import {buildSite} from "../site/buildSite.ts";
import {runPagePreview} from "../site/pagePreview.ts";
import {type SiteServer, serveSite} from "../site/serveSite.ts";
import {watchInputs} from "../site/watchInputs.ts";
import {EXIT, formatError, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {type Command, type CommandContext, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {prepareCompanions, prepareWarehouse, prepareWorkspace} from "./prepare.ts";

/** Builds, serves on this machine only, and rebuilds when the workspace or its exports change. Ends with Ctrl+C. */
export const preview: Command = {
  usage: "[--workspace DIR] [--files DIR] [--port N]",
  options: {
    ...WORKSPACE_OPTIONS,
    out: {type: "string", short: "o"},
    port: {type: "string", short: "p"},
    pages: {type: "boolean"},
    force: {type: "boolean"}
  },
  help: {
    ...WORKSPACE_HELP,
    out: "folder of the site (default: dist)",
    port: "port to serve on (default: 3000, or the next free one)",
    pages: "for work on the pages: serve them unbuilt and reload on every change of a page",
    force: "build the warehouse even when nothing has changed"
  },
  async run(context) {
    const port = readPort(context);
    const prepared = await prepareWorkspace(context);
    const {manifest} = await prepareWarehouse(prepared, context);
    if (context.options["pages"]) {
      const {warehouse} = prepared.paths;
      const built = {warehouse, inputHash: manifest.input_hash, reporter: context.reporter};
      await buildForecast(built);
      await buildScenario({...built, scenarios: prepared.paths.scenarios});
      await buildPlanning(built);
      return runPagePreview({paths: prepared.paths, manifest, port, reporter: context.reporter});
    }
    const dist = resolve((context.options["out"] as string | undefined) ?? join(PROJECT, "dist"));
    const companions = await prepareCompanions(prepared, context);
    await buildSite({paths: prepared.paths, manifest, companions, dist, reporter: context.reporter});
    const server = await serveSite({dist, port});
    context.print(server.url);
    context.reporter.note("   Ctrl+C ends it; a change of the data or the workspace rebuilds");
    const stop = watchInputs([prepared.workspace.file, prepared.filesDir], () =>
      rebuild(context, dist, server)
    );
    await new Promise<void>((done) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
    });
    stop();
    await server.close();
    return EXIT.ok;
  }
};

/** A failed rebuild is told and changes nothing: the last good site goes on being served. */
async function rebuild(context: CommandContext, dist: string, server: SiteServer): Promise<void> {
  try {
    const prepared = await prepareWorkspace(context);
    const {manifest, isNew} = await prepareWarehouse(prepared, context);
    const companions = await prepareCompanions(prepared, context);
    if (!isNew && !companions.some((companion) => companion.isNew)) return;
    await buildSite({paths: prepared.paths, manifest, companions, dist, reporter: context.reporter});
    server.reload();
  } catch (error) {
    context.reporter.warn(error instanceof WeirError ? formatError(error) : String(error));
  }
}

function readPort({options}: CommandContext): number {
  const text = options["port"] as string | undefined;
  if (text === undefined) return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new WeirError("The port is not a port", {
    exitCode: EXIT.config,
    problems: [
      {what: "cannot serve there", field: "--port", value: text, expected: "a whole number from 0 to 65535"}
    ]
  });
}
