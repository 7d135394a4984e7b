/** What lies in the folder of the sites and is of no site of workspace.yaml, of one that may no longer show what it shows, or of nobody knows what. */
import {existsSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {Problem} from "../weirError.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import type {PublishedSite, RowFilter} from "./publishedSites.ts";
import {type PublishRecord, type SiteRecord, treeHash} from "./publishRecord.ts";

/** A site that can still be read and should not be. */
export interface StaleSite {
  folder: string;
  title: string;
  why: string;
  /** What to do besides removing it, if there is anything. */
  instead?: string;
}

/** A site that was not made in this run: what lies in its folder is of an earlier one. */
export interface OlderSite {
  site: PublishedSite;
  folder: string;
  /** Its new one failed; else it was not among those asked for. */
  hasFailed: boolean;
}

/**
 * Sites that are there but of no audience any more (`folders` are those of all that are), and older ones that show what is no longer allowed
 * or are not what the record tells of: a publication may have been killed between a site and its record.
 */
export function staleSites(
  out: string,
  record: PublishRecord,
  folders: readonly string[],
  older: readonly OlderSite[]
): StaleSite[] {
  const ended = endedSites(out, record, folders);
  const narrowed = older.flatMap(({site, folder, hasFailed}) => {
    const wrong = whatIsWrong(out, record, site, folder);
    if (wrong === null) return [];
    const why = `${hasFailed ? "its new one failed" : "it was not asked for in this run"}, and it ${wrong}`;
    const instead = `or publish it too: --audience ${site.key}`;
    return [{folder, title: site.title, why, ...(hasFailed ? {} : {instead})}];
  });
  return [...ended, ...narrowed];
}

/** Sites that are there and whose folder is none of `folders`. */
export function endedSites(out: string, record: PublishRecord, folders: readonly string[]): StaleSite[] {
  const titles = new Map([...record.folders, ...record.sites].map((each) => [each.folder, titleOf(each)]));
  return [...titles].flatMap(([folder, title]) =>
    folders.includes(folder) || !existsSync(join(out, folder))
      ? []
      : [{folder, title, why: "it is of no audience of workspace.yaml any more, or has no deal left"}]
  );
}

/** In words that follow "it"; null where nothing is, or nothing is there. */
function whatIsWrong(out: string, record: PublishRecord, site: PublishedSite, folder: string): string | null {
  const dist = join(out, folder);
  if (!existsSync(dist)) return null;
  const last = record.sites.find((each) => each.folder === folder);
  // What it shows, nobody can say.
  if (!last || treeHash(dist) !== last.sha256) return "is not as it was recorded";
  const lost = noLongerAllowed(last, site);
  return lost.length === 0 ? null : `has ${lost.join("; ")}`;
}

/** What the site published before may show and the audience of today may not, in words. */
export function noLongerAllowed(last: SiteRecord, {audience, rowsWords, filters}: PublishedSite): string[] {
  const outside = isOutside(audience);
  const pages = last.pages.filter((page) => !audience.pages.includes(page));
  const columns = [
    ...last.show.filter((column) => !audience.show.includes(column)),
    ...audience.hide.filter((column) => !last.hide.includes(column))
  ];
  return [
    ...(pages.length > 0 ? [`pages that were taken away: ${pages.join(", ")}`] : []),
    ...(columns.length > 0 ? [`columns that are hidden now: ${[...new Set(columns)].join(", ")}`] : []),
    ...(last.outside !== outside
      ? [
          outside
            ? "columns for readers inside the firm, who are of another firm now"
            : "been made for another firm's readers, who are inside the firm now"
        ]
      : []),
    ...(last.likely_matches && outside && audience.likely_matches !== true
      ? ["deals by a match of names alone, which are left out now"]
      : []),
    ...(isWithin(last.filters, filters) ? [] : [otherRows(last.rows, rowsWords)])
  ];
}

/** Whether rows kept by the one are kept by the other: by values, not by words, for two partners may have one name. */
function isWithin(last: readonly RowFilter[] | undefined, now: readonly RowFilter[]): boolean {
  return now.every(({slice, values}) =>
    last?.some((each) => each.slice === slice && each.values.every((value) => values.includes(value)))
  );
}

function otherRows(last: string | null, now: string | null): string {
  if (last === now) return `${now ?? "deals"}, but of others than those meant now`;
  return `${last ?? "all deals"} instead of ${now ?? "all deals"}`;
}

/** Files and folders that neither the record nor workspace.yaml knows: who serves the folder serves them too. */
export function unknownEntries(out: string, record: PublishRecord, folders: readonly string[]): string[] {
  const known = new Set([...folders, ...[...record.folders, ...record.sites].map(({folder}) => folder)]);
  return readdirSync(out).filter((name) => !known.has(name));
}

/** Stale sites as problems: a person must decide. */
export function staleProblems(out: string, stale: readonly StaleSite[]): Problem[] {
  const fix = "remove the folder wherever it is hosted; run again with --remove-stale to remove it here";
  return stale.map(({folder, title, why, instead}) => ({
    what: `the site for ${title} can still be read: ${why}`,
    file: join(out, folder),
    fix: instead === undefined ? fix : `${fix}; ${instead}`
  }));
}

/** Takes the sites away, and what the record says of them; their names stay theirs. */
export function removeStale(out: string, record: PublishRecord, stale: readonly StaleSite[]): void {
  for (const {folder} of stale) rmSync(join(out, folder), {recursive: true, force: true});
  const gone = new Set(stale.map(({folder}) => folder));
  record.sites = record.sites.filter(({folder}) => !gone.has(folder));
}

function titleOf(each: {audience: string; title?: string}): string {
  return each.title ?? each.audience;
}
