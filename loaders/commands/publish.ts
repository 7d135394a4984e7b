import {join, resolve} from "node:path";
import {audienceSites, type RefusedAudience} from "../publish/audienceSites.ts";
import {hideNotes} from "../publish/hideProblems.ts";
import {likelyWords} from "../publish/partnerAccess.ts";
import type {PublishedSite} from "../publish/publishedSites.ts";
import {type PublishRecord, readRecord, recordFile} from "../publish/publishRecord.ts";
import {knownFolder} from "../publish/siteFolders.ts";
import {withoutPagesWords} from "../publish/sitesWithDeals.ts";
import {type StaleSite, staleProblems} from "../publish/staleSites.ts";
import {startingAudiences} from "../publish/startingAudiences.ts";
import {withLock} from "../site/lock.ts";
import {withWarehouse} from "../warehouse/openWarehouse.ts";
import {EXIT, type ExitCode, type Problem, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {unknownName} from "../workspace/unknownName.ts";
import {type Command, type CommandContext, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {type Prepared, prepareWarehouse, prepareWorkspace} from "./prepare.ts";
import {type Publication, publishInto} from "./publishInto.ts";
import {sitesTable} from "./reportSites.ts";

/** A site an audience, each from a database of its own; one that does not pass the scan leaves the last one in its place. */
export const publish: Command = {
  usage:
    "[--audience KEY]... [--out DIR] [--workspace DIR] [--files DIR] [--list] [--force] [--remove-stale] [--json]",
  options: {
    ...WORKSPACE_OPTIONS,
    audience: {type: "string", short: "a", multiple: true},
    out: {type: "string", short: "o"},
    list: {type: "boolean"},
    force: {type: "boolean"},
    "remove-stale": {type: "boolean"},
    json: {type: "boolean"}
  },
  help: {
    ...WORKSPACE_HELP,
    audience: "only this audience of workspace.yaml; may be given again",
    out: "folder of the sites, one folder each (default: published/ and the workspace's name)",
    list: "say which sites there would be; build none",
    force: "build the warehouse and all sites, also those that have not changed since they were published",
    "remove-stale":
      "remove sites of audiences that are no more, and those that show what is no longer allowed; only such as are file by file as they were published",
    json: "print the record of what is published, or the list, as JSON"
  },
  async run(context) {
    const prepared = await prepareWorkspace(context);
    const {workspace, paths} = prepared;
    const given = context.options["out"] as string | undefined;
    const out = resolve(given ?? join(PROJECT, "published", workspace.name));
    const choose = async (hasSites: boolean) => {
      const {sites, refused} = await sitesOf(prepared, context, hasSites);
      const known = [...sites, ...refused].map(({key}) => key);
      return {all: sites, chosen: chooseAudiences(sites, known, context, workspace.file), refused};
    };
    if (context.options["list"]) {
      const last = readRecord(out, {workspace: workspace.name, company: workspace.config.company});
      await prepareWarehouse(prepared, context);
      const {chosen, refused} = await choose(false);
      if (refused.length > 0) throw notFitting(refused);
      noteHidden(chosen, workspace.config, context);
      list(chosen, last, context);
      return EXIT.ok;
    }
    // Always in this order: the folder's names and record, then the databases that sites in any folder are made from.
    const since = context.now();
    const publication = await withLock(`${out}.publish.lock`, context.reporter, () =>
      withLock(join(paths.dir, "publish.lock"), context.reporter, () =>
        publishInto(out, prepared, context, choose)
      )
    );
    // Of sites that stay as they are it was said when they were made.
    const made = publication.runs.filter(({what}) => what !== "kept").map(({site}) => site);
    noteHidden(made, workspace.config, context);
    tell(out, publication, (context.now() - since) / 1000, context);
    return EXIT.ok;
  }
};

/** What came of it: a table or the record on stdout, the rest as notes. @throws {WeirError} when a site failed, or one is there that should not be */
function tell(
  out: string,
  publication: Publication,
  seconds: number,
  {options, print, reporter}: CommandContext
): void {
  const {record, chosen, refused, runs, failed, stale, unknown} = publication;
  if (refused.length > 0) {
    const {message, problems} = notFitting(refused);
    if (stale.length === 0) throw notFitting(refused);
    throw new WeirError(`${message}: no site is made. ${staleWords(out, stale)}`, {
      exitCode: EXIT.publish,
      problems: [...problems, ...staleProblems(out, stale)]
    });
  }
  if (options["json"]) print(JSON.stringify({...record, stale, unknown}, null, 2));
  else if (runs.length > 0) for (const line of sitesTable(runs, seconds)) print(line);
  for (const name of unknown)
    reporter.warn(`${join(out, name)} is not of weir publish: whoever serves ${out} serves it too`);
  if (failed.length === 0 && stale.length === 0) {
    reporter.note(
      chosen.length === 0
        ? `   no site to publish, and none in ${out}`
        : `   ${chosen.length} sites in ${out}: host each folder at a place of its own, ${recordFile(out)} nowhere`
    );
    return;
  }
  const said = [
    ...(failed.length > 0
      ? [
          `${failed.length} of ${chosen.length} sites not published: ${failed.map(({site}) => site.title).join(", ")}. What was published of them before ${options["remove-stale"] ? "stays where it is still allowed" : "stays"}`
        ]
      : []),
    ...(stale.length > 0 ? [staleWords(out, stale)] : [])
  ];
  throw new WeirError(said.join(". "), {
    exitCode: exitCode(publication),
    problems: [...failed.flatMap(({problems}) => problems), ...staleProblems(out, stale)]
  });
}

/** Says once an audience what goes along with what it hides, and what tells it still. */
function noteHidden(
  sites: readonly PublishedSite[],
  config: Prepared["workspace"]["config"],
  {reporter}: CommandContext
): void {
  for (const [key, audience] of new Map(sites.map((site) => [site.key, site.audience])))
    for (const words of hideNotes(audience, config)) reporter.note(`   ${key}: ${words}`);
}

function staleWords(out: string, stale: readonly StaleSite[]): string {
  return `${stale.length === 1 ? "1 site" : `${stale.length} sites`} in ${out} should be there no more`;
}

function notFitting(refused: readonly RefusedAudience[]): WeirError {
  return new WeirError("audiences do not fit the exports", {
    exitCode: EXIT.config,
    problems: refused.flatMap(({problems}) => problems)
  });
}

/** The gate's where a site was held back by it or should be there no more; of other failures the highest. */
export function exitCode({failed, stale}: Pick<Publication, "failed" | "stale">): ExitCode {
  if (stale.length > 0) return EXIT.publish;
  return failed.reduce<ExitCode>(
    (highest, each) => (each.exitCode > highest ? each.exitCode : highest),
    EXIT.ok
  );
}

/**
 * The sites of workspace.yaml. Without audiences there are none, and who has stopped publishing may have sites to remove.
 * @param hasSites whether an earlier publication's are there
 * @throws {WeirError} exit 2, with a start to copy, when it has no audiences and nothing is there
 */
async function sitesOf(
  {workspace, paths}: Prepared,
  {reporter}: CommandContext,
  hasSites: boolean
): Promise<{sites: PublishedSite[]; refused: RefusedAudience[]}> {
  const {audiences} = workspace.config;
  if (Object.keys(audiences).length === 0) {
    const start = await withWarehouse(startingAudiences, paths.warehouse);
    if (hasSites) {
      reporter.note(`   ${workspace.file} names nobody to publish for; a start would be:\n\n${start}\n`);
      return {sites: [], refused: []};
    }
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
  const {sites, leftOut, refused} = await withWarehouse(
    (engine) => audienceSites(engine, workspace),
    paths.warehouse
  );
  for (const {key, value, why} of leftOut) reporter.note(`   ${key}: no site for ${value}: ${why}`);
  for (const words of [...sites.map(likelyWords), ...sites.map(withoutPagesWords)])
    if (words !== null) reporter.note(`   ${words}`);
  return {sites, refused};
}

function chooseAudiences(
  sites: readonly PublishedSite[],
  all: readonly string[],
  {options}: CommandContext,
  file: string
): PublishedSite[] {
  const asked = options["audience"] as string[] | undefined;
  if (!asked) return [...sites];
  const known = [...new Set(all)];
  const problems = asked
    .filter((key) => !known.includes(key))
    .map((key): Problem => ({file, field: "--audience", ...unknownName("audience", key, known)}));
  if (problems.length > 0)
    throw new WeirError("weir publish: no such audience", {exitCode: EXIT.config, problems});
  return sites.filter(({key}) => asked.includes(key));
}

function list(
  chosen: readonly PublishedSite[],
  last: PublishRecord | undefined,
  {options, print}: CommandContext
): void {
  const rows = chosen.map((site) => ({
    audience: site.key,
    value: site.value,
    title: site.title,
    // Null for one whose name is drawn when it is first published.
    folder: knownFolder(site, last),
    rows: site.rowsWords ?? "all deals",
    n_likely_deals: site.nLikely,
    pages: site.audience.pages,
    without_pages: site.withoutPages ?? []
  }));
  if (options["json"]) print(JSON.stringify({version: 1, sites: rows}, null, 2));
  else
    for (const {audience, title, rows: deals, pages} of rows)
      print([audience, title, deals, pages.join(" ")].join("\t"));
}
