/** What lies in the folder of the sites and is of no site of workspace.yaml, or of one that may no longer show what it shows. */
import {existsSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {Problem} from "../weirError.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import type {PublishedSite} from "./publishedSites.ts";
import type {PublishRecord, SiteRecord} from "./publishRecord.ts";

/** A site that can still be read and should not be. */
export interface StaleSite {
  folder: string;
  title: string;
  why: string;
}

/** A site that was not published in this run, with the folder of the one before it. */
export interface FailedSite {
  site: PublishedSite;
  folder: string;
}

/**
 * Sites that are there but of no audience any more (`folders` are those of all that are), and those whose new one failed though the old one
 * shows what is no longer allowed.
 */
export function staleSites(
  out: string,
  record: PublishRecord,
  folders: readonly string[],
  failed: readonly FailedSite[]
): StaleSite[] {
  const titles = new Map([...record.folders, ...record.sites].map((each) => [each.folder, titleOf(each)]));
  const ended = [...titles].flatMap(([folder, title]) =>
    folders.includes(folder) || !existsSync(join(out, folder))
      ? []
      : [{folder, title, why: "it is of no audience of workspace.yaml any more, or has no deal left"}]
  );
  const narrowed = failed.flatMap(({site, folder}) => {
    const last = record.sites.find((each) => each.folder === folder);
    const lost = last ? noLongerAllowed(last, site) : [];
    return lost.length === 0
      ? []
      : [{folder, title: site.title, why: `its new one failed, and it has ${lost.join("; ")}`}];
  });
  return [...ended, ...narrowed];
}

/** What the site published before may show and the audience of today may not, in words. */
export function noLongerAllowed(last: SiteRecord, {audience, rowsWords}: PublishedSite): string[] {
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
    ...(last.rows !== rowsWords ? [`${last.rows ?? "all deals"} instead of ${rowsWords ?? "all deals"}`] : [])
  ];
}

/** Files and folders that neither the record nor workspace.yaml knows: who serves the folder serves them too. */
export function unknownEntries(out: string, record: PublishRecord, folders: readonly string[]): string[] {
  const known = new Set([...folders, ...[...record.folders, ...record.sites].map(({folder}) => folder)]);
  return readdirSync(out).filter((name) => !known.has(name));
}

/** Stale sites as problems: a person must decide. */
export function staleProblems(out: string, stale: readonly StaleSite[]): Problem[] {
  return stale.map(({folder, title, why}) => ({
    what: `the site for ${title} can still be read: ${why}`,
    file: join(out, folder),
    fix: "remove the folder wherever it is hosted; run again with --remove-stale to remove it here"
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
