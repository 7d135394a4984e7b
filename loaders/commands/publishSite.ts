/** One site of `weir publish`: narrowed database, site, scan. Nothing is put in its place here. */
import {rmSync} from "node:fs";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import {configTexts} from "../publish/configTexts.ts";
import {findingProblems} from "../publish/gate.ts";
import {narrowRows, removeFile} from "../publish/narrowRows.ts";
import {modelRows, type Narrowed} from "../publish/narrowWarehouse.ts";
import type {PublishedSite} from "../publish/publishedSites.ts";
import {type SiteRecord, treeHash} from "../publish/publishRecord.ts";
import {saidOnPurpose} from "../publish/readersWords.ts";
import {hiddenColumns} from "../publish/sameFacts.ts";
import {columnsOf} from "../publish/scan/columnsOf.ts";
import {forbiddenStrings} from "../publish/scan/forbiddenStrings.ts";
import {scanSite} from "../publish/scan/scanSite.ts";
import type {Secret} from "../publish/scan/secrets.ts";
import {firmHash, intactSite} from "../publish/unchangedSite.ts";
import {buildAudienceSite} from "../site/audienceSite.ts";
import type {KnownForecasts} from "../site/lookAhead.ts";
import type {Reporter} from "../system/progress.ts";
import type {oneAtATime} from "../system/sideBySide.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {StatePaths} from "../workspace/statePaths.ts";

/** What all sites of a publication share. */
export interface PublishOptions {
  /** Folder of the sites. */
  out: string;
  workspace: LoadedWorkspace;
  /** Of the whole firm. */
  paths: StatePaths;
  manifest: Manifest;
  /** A hash of the code that sites are made by. */
  code: string;
  /** By which pseudonyms are made of ids that are addresses. */
  idKey: string;
  /** One site at a time asks the firm's engine. */
  turn: ReturnType<typeof oneAtATime>;
  forecasts: KnownForecasts;
  secrets: readonly Secret[];
  /** Folders of this machine that no site may name. */
  folders: readonly string[];
  publishedAt: string;
  /** Build also what has not changed. */
  isForced: boolean;
}

export interface PublishSiteOptions extends PublishOptions {
  site: PublishedSite;
  folder: string;
  /** What was recorded of the site that is there. */
  last: SiteRecord | undefined;
  reporter: Reporter;
}

export interface SiteOutcome {
  record: SiteRecord;
  /** Its folder among the state, ready to be put in its place; null where the site that is there stays. */
  dist: string | null;
  /** Why it stays. */
  kept: string | null;
}

/**
 * Builds and scans a site, unless the one that is there would come out the same.
 * @throws {WeirError} exit 5 when the scan finds something; as its parts do
 */
export async function publishSite(firm: Engine, options: PublishSiteOptions): Promise<SiteOutcome> {
  const {site, folder, manifest, code, turn, out, isForced, secrets, folders} = options;
  const ofFirm = firmHash(site, folder, manifest, code);
  const before = isForced ? undefined : intactSite(out, options.last, {secrets, paths: folders});
  if (before?.made_of.firm === ofFirm)
    return {record: before, dist: null, kept: "exports, workspace.yaml and code are as they were"};
  const rows = await turn(() => narrowRows(firm, options));
  const made_of = {firm: ofFirm, rows: rows.hash};
  if (before?.made_of.rows === rows.hash) {
    removeFile(rows.file);
    return {
      record: {...before, made_of},
      dist: null,
      kept: "its rows, its audience and the code are as they were"
    };
  }
  const narrowed = await modelRows(rows, options);
  const dist = join(narrowed.paths.dir, "site");
  try {
    const record = await buildAndScan(firm, options, narrowed, dist);
    return {record: {...record, made_of}, dist, kept: null};
  } catch (error) {
    // What did not pass is nobody's to find.
    rmSync(dist, {recursive: true, force: true});
    throw error;
  }
}

async function buildAndScan(
  firm: Engine,
  {site, folder, workspace, turn, forecasts, secrets, folders, publishedAt, reporter}: PublishSiteOptions,
  narrowed: Narrowed,
  dist: string
): Promise<Omit<SiteRecord, "made_of">> {
  const {audience} = site;
  await buildAudienceSite({
    paths: narrowed.paths,
    manifest: narrowed.manifest,
    pages: audience.pages,
    forecasts,
    dist,
    reporter
  });
  const step = reporter.start("scan", 1);
  const left = configTexts(workspace.config, narrowed.config, workspace.decisions);
  const forbidden = await turn(() =>
    forbiddenStrings(firm, narrowed.paths.warehouse, left, saidOnPurpose(site))
  );
  const {findings, nFiles, nBytes} = scanSite({
    dist,
    forbidden,
    secrets,
    paths: folders
  });
  step.done(
    `${nFiles} files, ${forbidden.index.size + forbidden.cells.size} texts looked for, ${findings.length} found`
  );
  if (findings.length > 0)
    throw new WeirError(`The site for ${site.title} holds what its readers must not get`, {
      exitCode: EXIT.publish,
      problems: findingProblems(site, findings, await turn(() => columnsOf(firm, findings)))
    });
  return {
    audience: site.key,
    value: site.value,
    title: site.title,
    folder,
    pages: audience.pages,
    rows: site.rowsWords,
    filters: site.filters,
    n_deals: narrowed.rows["deal"] ?? 0,
    hidden_columns: narrowed.hiddenColumns,
    pseudonyms: narrowed.pseudonyms,
    outside: isOutside(audience),
    likely_matches: audience.likely_matches === true,
    show: audience.show,
    hide: hiddenColumns(audience),
    n_files: nFiles,
    n_bytes: nBytes,
    sha256: treeHash(dist),
    as_of: narrowed.manifest.as_of,
    published_at: publishedAt,
    scan: {
      n_strings: forbidden.index.size + forbidden.cells.size,
      n_plain: forbidden.nPlain,
      n_secrets: secrets.length
    }
  };
}
