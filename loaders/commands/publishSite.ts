/** One site of `weir publish`: narrowed database, site, scan. Nothing is put in its place here. */
import {rmSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {configTexts} from "../publish/configTexts.ts";
import {findingProblems} from "../publish/gate.ts";
import {type Narrowed, narrowWarehouse} from "../publish/narrowWarehouse.ts";
import type {PublishedSite} from "../publish/publishedSites.ts";
import {type SiteRecord, treeHash} from "../publish/publishRecord.ts";
import {columnsOf} from "../publish/scan/columnsOf.ts";
import {forbiddenStrings} from "../publish/scan/forbiddenStrings.ts";
import {scanSite} from "../publish/scan/scanSite.ts";
import type {Secret} from "../publish/scan/secrets.ts";
import {buildSite} from "../site/buildSite.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {EXIT, WeirError} from "../weirError.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {StatePaths} from "../workspace/statePaths.ts";

export interface PublishSiteOptions {
  site: PublishedSite;
  folder: string;
  workspace: LoadedWorkspace;
  /** Of the whole firm. */
  paths: StatePaths;
  manifest: Manifest;
  secrets: readonly Secret[];
  /** Folders of this machine that no site may name. */
  folders: readonly string[];
  publishedAt: string;
  reporter: Reporter;
}

/**
 * Builds and scans a site; returns its folder among the state, ready to be put in its place, and what is recorded of it.
 * @throws {WeirError} exit 5 when the scan finds something; as its parts do
 */
export async function publishSite(
  firm: Engine,
  options: PublishSiteOptions
): Promise<{dist: string; record: SiteRecord}> {
  const narrowed = await narrowWarehouse(firm, options);
  const dist = join(narrowed.paths.dir, "site");
  rmSync(dist, {recursive: true, force: true});
  try {
    return await buildAndScan(firm, options, narrowed, dist);
  } catch (error) {
    // What did not pass is nobody's to find.
    rmSync(dist, {recursive: true, force: true});
    throw error;
  }
}

async function buildAndScan(
  firm: Engine,
  {site, folder, workspace, secrets, folders, publishedAt, reporter}: PublishSiteOptions,
  narrowed: Narrowed,
  dist: string
): Promise<{dist: string; record: SiteRecord}> {
  await buildSite({
    paths: narrowed.paths,
    manifest: narrowed.manifest,
    pages: site.audience.pages,
    dist,
    reporter
  });
  const step = reporter.start("scan", 1);
  const left = configTexts(workspace.config, narrowed.config, workspace.decisions);
  const forbidden = await forbiddenStrings(firm, narrowed.paths.warehouse, left);
  const {findings, nFiles, nBytes} = scanSite({
    dist,
    forbidden: forbidden.index,
    secrets,
    paths: folders
  });
  step.done(`${nFiles} files, ${forbidden.index.size} texts looked for, ${findings.length} found`);
  if (findings.length > 0)
    throw new WeirError(`The site for ${site.title} holds what its readers must not get`, {
      exitCode: EXIT.publish,
      problems: findingProblems(site, findings, await columnsOf(firm, findings))
    });
  return {
    dist,
    record: {
      audience: site.key,
      value: site.value,
      title: site.title,
      folder,
      pages: site.audience.pages,
      rows: site.rowsWords,
      n_deals: narrowed.rows["deal"] ?? 0,
      hidden_columns: narrowed.hiddenColumns,
      show: site.audience.show,
      hide: site.audience.hide,
      n_files: nFiles,
      n_bytes: nBytes,
      sha256: treeHash(dist),
      as_of: narrowed.manifest.as_of,
      published_at: publishedAt,
      scan: {n_strings: forbidden.index.size, n_plain: forbidden.nPlain, n_secrets: secrets.length}
    }
  };
}
