/** Builds a site for a browser test through the same functions as the CLI, and serves it. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {generateExports} from "../../loaders/commands/generateExports.ts";
import {buildSite, type SitePart} from "../../loaders/site/buildSite.ts";
import {type SiteServer, serveSite} from "../../loaders/site/serveSite.ts";
import {silentReporter} from "../../loaders/system/progress.ts";
import {buildWarehouse} from "../../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {PROJECT, type StatePaths, statePaths} from "../../loaders/workspace/statePaths.ts";

export interface BuiltSite {
  dist: string;
  paths: StatePaths;
  server: SiteServer;
  /** Names of its pages, "" for the index. */
  pages: readonly string[];
  close(): Promise<void>;
}

/** Every page of the project, "" for the index: a new page is visited without being named here. */
export const PAGES: readonly string[] = readdirSync(join(PROJECT, "src"))
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.replace(/(^index)?\.md$/, ""))
  .sort();

interface SiteOptions {
  files?: string;
  base?: string;
  /** Folders of workspaces that the site shows beside this one. */
  companions?: string[];
}

/** Builds and serves a workspace under a base path. */
export async function builtSite(
  dir: string,
  {files, base = "/", companions = []}: SiteOptions = {}
): Promise<BuiltSite> {
  const root = mkdtempSync(join(tmpdir(), "weir-site-"));
  const main = await builtPart(dir, root, files);
  const others = [];
  for (const companion of companions)
    others.push({folder: basename(companion), ...(await builtPart(companion, root))});
  const dist = join(root, "dist");
  await buildSite({...main, companions: others, dist, reporter: silentReporter});
  if (!existsSync(join(dist, "index.html"))) throw new Error("the site has no index.html");
  const server = await serveSite({dist, base});
  return {
    dist,
    paths: main.paths,
    server,
    pages: PAGES,
    async close() {
      await server.close();
      rmSync(root, {recursive: true, force: true});
    }
  };
}

/** The warehouse of one workspace. */
async function builtPart(dir: string, root: string, files?: string): Promise<SitePart> {
  const workspace = loadWorkspace(dir);
  const paths = statePaths(workspace, join(root, "state"));
  mkdirSync(paths.dir, {recursive: true});
  const {generate} = workspace.config;
  if (generate) await generateExports(generate, paths.generated, silentReporter);
  const filesDir = files ?? (generate ? paths.generated : workspace.dir);
  const builtAt = "2026-11-01T00:00:00.000Z";
  const {manifest} = await buildWarehouse({workspace, paths, filesDir, reporter: silentReporter, builtAt});
  return {paths, manifest};
}
