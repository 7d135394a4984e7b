/** A publication into a folder, from the reading of its record to the last word on what lies there, while nobody else publishes. */
import {randomBytes} from "node:crypto";
import {mkdirSync, rmSync} from "node:fs";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import type {Engine} from "../engine/engine.ts";
import type {RefusedAudience} from "../publish/audienceSites.ts";
import {audienceFolder, withFirmSources} from "../publish/firmSources.ts";
import {clearNarrowed} from "../publish/narrowRows.ts";
import {placeSite} from "../publish/placeSite.ts";
import type {PublishedSite} from "../publish/publishedSites.ts";
import {
  type NamedFolder,
  type PublishRecord,
  readRecord,
  type SiteRecord,
  sitesThere,
  writeRecord
} from "../publish/publishRecord.ts";
import {clearLeftovers} from "../publish/putInPlace.ts";
import {machinePaths, secretsOf} from "../publish/scan/secrets.ts";
import {knownFolder, siteFolders} from "../publish/siteFolders.ts";
import {
  endedSites,
  type OlderSite,
  refusedSites,
  removeStale,
  type StaleSite,
  staleSites,
  unknownEntries
} from "../publish/staleSites.ts";
import {siteCode} from "../site/siteCache.ts";
import {oneAtATime, sideBySide} from "../system/sideBySide.ts";
import {EXIT, type ExitCode, type Problem, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import type {CommandContext} from "./command.ts";
import {type Prepared, prepareWarehouse} from "./prepare.ts";
import {type PublishOptions, publishSite} from "./publishSite.ts";
import {reportSites, type SiteRun} from "./reportSites.ts";

/** Sites made at the same time, where the machine has as many cores: each is at work in processes of its own half of the time. */
const LANES = 2;

interface FailedSite {
  site: PublishedSite;
  exitCode: ExitCode;
  problems: readonly Problem[];
}

export interface Choice {
  all: readonly PublishedSite[];
  /** Of `all`. */
  chosen: readonly PublishedSite[];
  /** Audiences whose sites nobody can tell; with one of them no site is made. */
  refused?: readonly RefusedAudience[];
}

export interface Publication {
  record: PublishRecord;
  chosen: readonly PublishedSite[];
  refused: readonly RefusedAudience[];
  /** What became of each, in the order of `chosen`. */
  runs: readonly SiteRun[];
  failed: readonly FailedSite[];
  /** Still there. */
  stale: readonly StaleSite[];
  unknown: readonly string[];
}

/**
 * Publishes the sites that `choose` picks among all; it is told whether there are sites of an earlier publication, which are looked at even
 * where none is to be published. Whoever calls it holds the locks of the folder and of the state.
 * @throws {WeirError} exit 2 when the folder is another firm's; as its parts do. A site that fails is among the failed
 */
export async function publishInto(
  out: string,
  prepared: Prepared,
  context: CommandContext,
  choose: (hasSites: boolean) => Promise<Choice>
): Promise<Publication> {
  const {workspace, paths} = prepared;
  const {reporter} = context;
  const firmOf = {workspace: workspace.name, company: workspace.config.company};
  const last = readRecord(out, firmOf);
  const {manifest} = await prepareWarehouse(prepared, context);
  // First, for the only copy of a site may have been set aside.
  clearLeftovers(out, last?.folders.map(({folder}) => folder) ?? []);
  const {
    all,
    chosen,
    refused = []
  } = await choose(last !== undefined && endedSites(out, last, []).length > 0);
  if (refused.length > 0) return onlyLookedAt(out, {...firmOf, ...last}, all, refused);
  const folders = siteFolders(all, last);
  mkdirSync(out, {recursive: true});
  clearNarrowed(paths);
  const record: PublishRecord = {
    version: 1,
    ...firmOf,
    id_key: last?.id_key ?? randomBytes(16).toString("hex"),
    folders: namedFolders(last, all, folders),
    sites: sitesThere(out, last)
  };
  // Before any site is there: one whose publication is killed is known by its name.
  writeRecord(out, record);
  const shared: PublishOptions = {
    out,
    workspace,
    paths,
    manifest,
    code: siteCode(),
    idKey: record.id_key!,
    turn: oneAtATime(),
    forecasts: new Map(),
    secrets: secretsOf(process.env, [PROJECT, workspace.dir, process.cwd()]),
    folders: machinePaths([PROJECT, paths.dir, prepared.filesDir, workspace.dir, out]),
    publishedAt: new Date(context.now()).toISOString(),
    isForced: context.options["force"] === true
  };
  const failed: FailedSite[] = [];
  const report = reportSites(chosen.length, context);
  const lanes = Math.min(LANES, availableParallelism());
  const folderOf = (site: PublishedSite) => folders[all.indexOf(site)]!;
  const publishAll = (firm: Engine) =>
    sideBySide(chosen, lanes, async (site) => {
      const folder = folderOf(site);
      const before = record.sites.find((each) => each.folder === folder);
      const run = report.begin(site);
      try {
        const own = {site, folder, last: before, reporter: run.reporter};
        const made = await publishSite(firm, {...shared, ...own});
        if (made.dist !== null) placeSite(out, record, made.record, made.dist);
        record.sites = inOrderOf(folders, [
          ...record.sites.filter((each) => each.folder !== folder),
          made.record
        ]);
        writeRecord(out, record);
        return run.done(made);
      } catch (error) {
        const failure = failureOf(site, error, context);
        failed.push({site, ...failure});
        return run.failed(failure);
      }
    });
  const runs = chosen.length === 0 ? [] : await withFirmSources({...prepared, manifest}, publishAll);
  report.end();
  forget(audienceFolder(paths), record, folders);
  const older = all.flatMap((site): OlderSite[] => {
    const hasFailed = failed.some((each) => each.site === site);
    return hasFailed || !chosen.includes(site) ? [{site, folder: folderOf(site), hasFailed}] : [];
  });
  const stale = staleSites(out, record, folders, older);
  const isToGo = context.options["remove-stale"] === true;
  const {removed, left} = isToGo ? removeStale(out, record, stale) : {removed: [], left: stale};
  if (removed.length > 0) writeRecord(out, record);
  for (const {folder, title} of removed) reporter.note(`   removed ${join(out, folder)} (${title})`);
  return {
    record,
    chosen,
    refused,
    runs,
    failed,
    stale: left,
    unknown: unknownEntries(out, record, folders)
  };
}

/** Nothing is made, written or removed: what lies there is told all the same. */
function onlyLookedAt(
  out: string,
  last: Partial<PublishRecord> & Pick<PublishRecord, "workspace" | "company">,
  all: readonly PublishedSite[],
  refused: readonly RefusedAudience[]
): Publication {
  const named: PublishRecord = {version: 1, folders: [], ...last, sites: []};
  const record = {...named, sites: sitesThere(out, {...named, sites: last.sites ?? []})};
  const older = all.flatMap((site): OlderSite[] => {
    const folder = knownFolder(site, record);
    return folder === null ? [] : [{site, folder, hasFailed: false}];
  });
  const ofRefused = refusedSites(out, record, refused);
  const folders = [...older, ...ofRefused].map(({folder}) => folder);
  const stale = [...staleSites(out, record, folders, older), ...ofRefused];
  return {record, chosen: [], refused, runs: [], failed: [], stale, unknown: []};
}

/** Sites as workspace.yaml and the exports have them; those of no audience any more come last. */
function inOrderOf(folders: readonly string[], sites: SiteRecord[]): SiteRecord[] {
  const place = ({folder}: SiteRecord) =>
    folders.includes(folder) ? folders.indexOf(folder) : folders.length;
  return sites.sort((a, b) => place(a) - place(b));
}

/** All names that were ever drawn: a partner that comes back has its address again. */
function namedFolders(
  last: PublishRecord | undefined,
  all: readonly PublishedSite[],
  folders: readonly string[]
): NamedFolder[] {
  const now = all.map(({key, value}, index) => ({audience: key, value, folder: folders[index]!}));
  return [...(last?.folders ?? []).filter(({folder}) => !folders.includes(folder)), ...now];
}

/** Databases of sites that are no more go: they are nobody's. Those of sites in another folder are not this record's. */
function forget(dir: string, {folders: named}: PublishRecord, folders: readonly string[]): void {
  for (const {folder} of named)
    if (!folders.includes(folder)) rmSync(join(dir, folder), {recursive: true, force: true});
}

function failureOf(
  {title}: PublishedSite,
  error: unknown,
  {reporter}: CommandContext
): {exitCode: ExitCode; problems: Problem[]} {
  if (!(error instanceof WeirError)) {
    if (process.env["WEIR_DEBUG"] && error instanceof Error) reporter.note(error.stack ?? error.message);
    const what = `the site for ${title} failed: ${error instanceof Error ? error.message : String(error)}`;
    return {exitCode: EXIT.unexpected, problems: [{what, fix: "set WEIR_DEBUG=1 for the whole trace"}]};
  }
  const {exitCode, problems} = error;
  if (problems.length === 0) return {exitCode, problems: [{what: `${title}: ${error.message}`}]};
  const isNamed = exitCode === EXIT.publish;
  return {
    exitCode,
    problems: problems.map((each) => (isNamed ? each : {...each, what: `${title}: ${each.what}`}))
  };
}
