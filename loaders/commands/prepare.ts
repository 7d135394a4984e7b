/** What build, preview and check begin with: the workspace, its exports, its warehouse. */
import {mkdirSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {type BuiltWarehouse, buildWarehouse} from "../warehouse/buildWarehouse.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {type LoadedWorkspace, loadWorkspace} from "../workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE, type StatePaths, statePaths} from "../workspace/statePaths.ts";
import type {CommandContext} from "./command.ts";
import {generateExports} from "./generateExports.ts";

export interface Prepared {
  workspace: LoadedWorkspace;
  paths: StatePaths;
  filesDir: string;
}

/** Loads the workspace and makes its exports when it is a synthetic one. @throws {WeirError} */
export async function prepareWorkspace({options, reporter}: CommandContext): Promise<Prepared> {
  const workspace = loadWorkspace((options["workspace"] as string | undefined) ?? DEFAULT_WORKSPACE);
  const state = options["state"] as string | undefined;
  const paths = statePaths(workspace, state ? resolve(state) : undefined);
  mkdirSync(paths.dir, {recursive: true});
  const given = options["files"] as string | undefined;
  if (given) return {workspace, paths, filesDir: resolve(given)};
  if (!workspace.config.generate) return {workspace, paths, filesDir: workspace.dir};
  await generateExports(workspace.config.generate, paths.generated, reporter);
  return {workspace, paths, filesDir: paths.generated};
}

/** Builds the warehouse, or finds it up to date. @throws {WeirError} */
export async function prepareWarehouse(
  {workspace, paths, filesDir}: Prepared,
  {reporter, now, options}: CommandContext
): Promise<BuiltWarehouse> {
  const builtAt = new Date(now()).toISOString();
  const {generate, files} = workspace.config;
  // Generated exports change with their code, not with the world: there is nothing to be wary of.
  const accept = generate ? files.map(({path}) => path) : ((options["accept"] as string[] | undefined) ?? []);
  return buildWarehouse({
    workspace,
    paths,
    filesDir,
    reporter,
    builtAt,
    accept,
    force: options["force"] === true
  });
}

/** The workspaces that share the site, each built as on its own. None when exports are given: those are one firm's. */
export async function prepareCompanions(
  {workspace}: Prepared,
  context: CommandContext
): Promise<{folder: string; paths: StatePaths; manifest: Manifest; isNew: boolean}[]> {
  if (context.options["files"]) return [];
  const built = [];
  for (const companion of workspace.config.companions) {
    const dir = resolve(workspace.dir, companion);
    const own = {...context, options: {...context.options, workspace: dir}};
    const prepared = await prepareWorkspace(own);
    const {manifest, isNew} = await prepareWarehouse(prepared, own);
    built.push({folder: basename(dir), paths: prepared.paths, manifest, isNew});
  }
  return built;
}

/** Paths under which a warehouse can be tried without touching the good one. */
export function trialPaths(paths: StatePaths): StatePaths {
  return {...paths, warehouse: join(paths.dir, "trial.duckdb"), manifest: join(paths.dir, "trial.json")};
}
