import {existsSync, mkdirSync, readdirSync, rmSync} from "node:fs";
import {join, resolve} from "node:path";
import {audienceFolder, withFirmSources} from "../publish/firmSources.ts";
import {type PublishedSite, publishedSites} from "../publish/publishedSites.ts";
import {type PublishRecord, readRecord, type SiteRecord, writeRecord} from "../publish/publishRecord.ts";
import {putInPlace} from "../publish/putInPlace.ts";
import {machinePaths, secretsOf} from "../publish/scan/secrets.ts";
import {siteFolders} from "../publish/siteFolders.ts";
import {startingAudiences} from "../publish/startingAudiences.ts";
import {withLock} from "../site/lock.ts";
import {withWarehouse} from "../warehouse/openWarehouse.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {unknownName} from "../workspace/unknownName.ts";
import {type Command, type CommandContext, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {type Prepared, prepareWarehouse, prepareWorkspace} from "./prepare.ts";
import {publishSite} from "./publishSite.ts";

/** A site an audience, each from a database of its own; one that does not pass the scan leaves the last one in its place. */
export const publish: Command = {
  usage: "[--audience KEY]... [--out DIR] [--workspace DIR] [--files DIR] [--list] [--json]",
  options: {
    ...WORKSPACE_OPTIONS,
    audience: {type: "string", short: "a", multiple: true},
    out: {type: "string", short: "o"},
    list: {type: "boolean"},
    json: {type: "boolean"}
  },
  help: {
    ...WORKSPACE_HELP,
    audience: "only this audience of workspace.yaml; may be given again",
    out: "folder of the sites, one folder each (default: published)",
    list: "say which sites there would be; build none",
    json: "print publish.json, or the list, as JSON"
  },
  async run(context) {
    const prepared = await prepareWorkspace(context);
    const {manifest} = await prepareWarehouse(prepared, context);
    const {workspace, paths} = prepared;
    const out = resolve((context.options["out"] as string | undefined) ?? join(PROJECT, "published"));
    const last = readRecord(out);
    const all = await sitesOf(prepared, context);
    const folders = siteFolders(all, last);
    const chosen = chooseAudiences(all, context, workspace.file);
    if (context.options["list"]) {
      list(chosen, all, folders, context);
      return EXIT.ok;
    }
    mkdirSync(out, {recursive: true});
    const failed: Problem[] = [];
    const failedSites: string[] = [];
    const record: PublishRecord = {
      version: 1,
      workspace: workspace.name,
      company: manifest.company,
      sites: (last?.sites ?? []).filter(({folder}) => existsSync(join(out, folder)))
    };
    const told = {
      secrets: secretsOf(process.env, [PROJECT, workspace.dir, process.cwd()]),
      folders: machinePaths([PROJECT, paths.dir, prepared.filesDir, workspace.dir, out]),
      publishedAt: new Date(context.now()).toISOString()
    };
    await withLock(join(paths.dir, "publish.lock"), context.reporter, () =>
      withFirmSources({...prepared, manifest}, async (firm) => {
        for (const site of chosen) {
          const folder = folders[all.indexOf(site)]!;
          context.reporter.note(`   ${site.title}`);
          try {
            const options = {site, folder, workspace, paths, manifest, reporter: context.reporter, ...told};
            const {dist, record: made} = await publishSite(firm, options);
            putInPlace(dist, join(out, folder));
            record.sites = [...record.sites.filter((each) => each.folder !== folder), made];
            writeRecord(out, record);
          } catch (error) {
            failedSites.push(site.title);
            failed.push(...problemsOf(site, error));
          }
        }
      })
    );
    forget(audienceFolder(paths), folders);
    sayStale(record.sites, folders, out, context);
    if (context.options["json"]) context.print(JSON.stringify(record, null, 2));
    else for (const site of record.sites) context.print(line(site));
    if (failed.length > 0)
      throw new WeirError(
        `${failedSites.length} of ${chosen.length} sites not published: ${failedSites.join(", ")}. What was published of them before stays`,
        {exitCode: EXIT.publish, problems: failed}
      );
    context.reporter.note(
      `   ${chosen.length} sites in ${out}: host each folder at a place of its own, publish.json nowhere`
    );
    return EXIT.ok;
  }
};

/** The sites of workspace.yaml. @throws {WeirError} exit 2, with a start to copy, when it has no audiences */
async function sitesOf({workspace, paths}: Prepared, {reporter}: CommandContext): Promise<PublishedSite[]> {
  const {audiences} = workspace.config;
  if (Object.keys(audiences).length === 0) {
    const start = await withWarehouse(startingAudiences, paths.warehouse);
    throw new WeirError(`${workspace.name} declares no audiences`, {
      exitCode: EXIT.config,
      problems: [
        {
          what: "nobody is named to publish for",
          file: workspace.file,
          field: "audiences",
          expected: "who gets a site, of which pages and rows",
          fix: `add to workspace.yaml, and change:\n\n${start}`
        }
      ]
    });
  }
  const {sites, leftOut} = await withWarehouse(
    (engine) => publishedSites(engine, audiences, workspace.file),
    paths.warehouse
  );
  for (const {key, value, why} of leftOut) reporter.note(`   ${key}: no site for ${value}: ${why}`);
  return sites;
}

function chooseAudiences(
  sites: readonly PublishedSite[],
  {options}: CommandContext,
  file: string
): PublishedSite[] {
  const asked = options["audience"] as string[] | undefined;
  if (!asked) return [...sites];
  const known = [...new Set(sites.map(({key}) => key))];
  const problems = asked
    .filter((key) => !known.includes(key))
    .map((key): Problem => ({file, field: "--audience", ...unknownName("audience", key, known)}));
  if (problems.length > 0)
    throw new WeirError("weir publish: no such audience", {exitCode: EXIT.config, problems});
  return sites.filter(({key}) => asked.includes(key));
}

function list(
  chosen: readonly PublishedSite[],
  all: readonly PublishedSite[],
  folders: readonly string[],
  {options, print}: CommandContext
): void {
  const rows = chosen.map((site) => ({
    audience: site.key,
    title: site.title,
    folder: folders[all.indexOf(site)]!,
    rows: site.rowsWords ?? "all deals",
    pages: site.audience.pages
  }));
  if (options["json"]) print(JSON.stringify({version: 1, sites: rows}, null, 2));
  // A folder that is not there yet gets its name when it is published.
  else
    for (const {audience, title, rows: deals, pages} of rows)
      print([audience, title, deals, pages.join(" ")].join("\t"));
}

function problemsOf({title}: PublishedSite, error: unknown): Problem[] {
  if (!(error instanceof WeirError))
    return [{what: `the site for ${title} failed: ${(error as Error).message}`}];
  if (error.problems.length === 0) return [{what: `${title}: ${error.message}`}];
  return error.problems.map((problem) =>
    error.exitCode === EXIT.publish ? problem : {...problem, what: `${title}: ${problem.what}`}
  );
}

/** Databases of sites that are no more go: they are nobody's. */
function forget(dir: string, folders: readonly string[]): void {
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir))
    if (!folders.includes(name)) rmSync(join(dir, name), {recursive: true, force: true});
}

/** A site of an audience that is no more is still readable: a person must decide. */
function sayStale(
  sites: readonly SiteRecord[],
  folders: readonly string[],
  out: string,
  {reporter}: CommandContext
): void {
  for (const {folder, title} of sites.filter((each) => !folders.includes(each.folder)))
    reporter.warn(`${join(out, folder)} (${title}) is no audience of workspace.yaml any more: remove it`);
}

function line({folder, title, n_deals, n_files, n_bytes}: SiteRecord): string {
  return [folder, title, `${n_deals} deals`, `${n_files} files`, `${(n_bytes / 1e6).toFixed(1)} MB`].join(
    "\t"
  );
}
