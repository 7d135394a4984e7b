/** What lies in the folder of the sites and is of no site of workspace.yaml, of one that may no longer show what it shows, or of nobody knows what. */
import {existsSync, readdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {Problem} from "../weirError.ts";
import {isOutside} from "../workspace/audienceSchema.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";
import {columnsFor} from "./allowedColumns.ts";
import type {PublishedSite, RowFilter} from "./publishedSites.ts";
import {hasRecordedSize, isAsRecorded, type PublishRecord, type SiteRecord} from "./publishRecord.ts";
import {hiddenColumns} from "./sameFacts.ts";

/** A site that can still be read and should not be. */
export interface StaleSite {
  folder: string;
  title: string;
  why: string;
  /** What to do besides removing it, if there is anything. */
  instead?: string;
  /** Why only a person may remove it; none where all its files are those of the record, as far as is known. */
  byHand?: string;
}

/** A site that was not made in this run: what lies in its folder is of an earlier one. */
export interface OlderSite {
  site: PublishedSite;
  folder: string;
  /** Its new one failed; else it was not among those asked for. */
  hasFailed: boolean;
}

/** Nobody can say whose files these are, nor what they show. */
const UNRECORDED = "no publication into it is recorded";
const CHANGED = "its files are not those that were published";

/**
 * Sites that are there but of no audience any more (`folders` are those of all that are), and older ones that show what is no longer allowed
 * or are not what the record tells of. Files are counted and weighed, not read: a firm may have hundreds of sites that were not asked for.
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
    const why = `${hasFailed ? "its new one failed" : "it was not asked for in this run"}, and ${wrong}`;
    // What nobody recorded, a publication would not replace either.
    const canReplace = !hasFailed && record.sites.some((each) => each.folder === folder);
    const instead = canReplace ? {instead: `or publish it too: --audience ${site.key}`} : {};
    return [{folder, title: site.title, why, ...instead, ...byHand(out, record, folder)}];
  });
  return [...ended, ...narrowed];
}

/** Sites that are there and whose folder is none of `folders`. */
export function endedSites(out: string, record: PublishRecord, folders: readonly string[]): StaleSite[] {
  const titles = new Map([...record.folders, ...record.sites].map((each) => [each.folder, titleOf(each)]));
  return [...titles].flatMap(([folder, title]) =>
    folders.includes(folder) || !existsSync(join(out, folder))
      ? []
      : [
          {
            folder,
            title,
            why: "it is of no audience of workspace.yaml any more, or has no deal left",
            ...byHand(out, record, folder)
          }
        ]
  );
}

/**
 * Sites that are there of audiences that cannot be published as they are: `rows` that no deal has any more, or a column that is hidden and told
 * all the same. Whose their deals are nobody can say.
 */
export function refusedSites(
  out: string,
  record: PublishRecord,
  refused: readonly {key: string}[]
): StaleSite[] {
  const keys = refused.map(({key}) => key);
  const titles = new Map(
    [...record.folders, ...record.sites]
      .filter(({audience}) => keys.includes(audience))
      .map((each) => [each.folder, {title: titleOf(each), key: each.audience}])
  );
  return [...titles].flatMap(([folder, {title, key}]) =>
    existsSync(join(out, folder))
      ? [
          {
            folder,
            title,
            why: "what workspace.yaml says of its audience does not fit the exports, so nobody can say whether its readers may have it still",
            instead: `or mend audiences.${key}, and publish again`,
            byHand: "it may be right when the audience is mended"
          }
        ]
      : []
  );
}

/** What speaks against removing what lies there, as far as it is seen without reading it. */
function byHand(out: string, record: PublishRecord, folder: string): Pick<StaleSite, "byHand"> {
  const last = record.sites.find((each) => each.folder === folder);
  if (!last) return {byHand: UNRECORDED};
  return hasRecordedSize(out, last) ? {} : {byHand: CHANGED};
}

/** In words; null where nothing is, or nothing is there. */
function whatIsWrong(out: string, record: PublishRecord, site: PublishedSite, folder: string): string | null {
  if (!existsSync(join(out, folder))) return null;
  const last = record.sites.find((each) => each.folder === folder);
  if (!last) return UNRECORDED;
  const lost = noLongerAllowed(last, site);
  if (lost.length > 0) return `it has ${lost.join("; ")}`;
  return hasRecordedSize(out, last) ? null : CHANGED;
}

/** What the site published before may show and the audience of today may not, in words. */
export function noLongerAllowed(last: SiteRecord, {audience, rowsWords, filters}: PublishedSite): string[] {
  const outside = isOutside(audience);
  const pages = last.pages.filter((page) => !audience.pages.includes(page));
  const columns = [
    ...last.show.filter((column) => !audience.show.includes(column)),
    ...hiddenColumns(audience).filter((column) => couldHave(last, column))
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

/** Whether the site may have had a column: one that nobody is told unless `show` names it, it never had, whatever takes it along now. */
function couldHave({show, hide, hidden_columns, outside}: SiteRecord, name: string): boolean {
  if (hidden_columns?.includes(name)) return false;
  const [table, column] = name.split(".") as [CanonicalTableName, string];
  return show.includes(name) || columnsFor({show, hide, outside}, []).get(table)!.has(column);
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
  return stale.map(({folder, title, why, instead, byHand}) => {
    const here =
      byHand === undefined
        ? "run again with --remove-stale to remove it here"
        : `here too by hand, when you have looked: --remove-stale leaves it, for ${byHand}`;
    const fix = `remove the folder wherever it is hosted; ${here}`;
    return {
      what: `the site for ${title} can still be read: ${why}`,
      file: join(out, folder),
      fix: instead === undefined ? fix : `${fix}; ${instead}`
    };
  });
}

/**
 * Takes away those sites of which each file is as it was published, and what the record says of them; their names stay theirs.
 * @returns those that it left: something in them is not Weir's, or may not be
 */
export function removeStale(
  out: string,
  record: PublishRecord,
  stale: readonly StaleSite[]
): {removed: StaleSite[]; left: StaleSite[]} {
  const removed: StaleSite[] = [];
  const left: StaleSite[] = [];
  for (const each of stale) {
    const site = record.sites.find(({folder}) => folder === each.folder);
    if (site && isAsRecorded(out, site)) {
      rmSync(join(out, each.folder), {recursive: true, force: true});
      removed.push(each);
    } else left.push({...each, byHand: site ? CHANGED : UNRECORDED});
  }
  record.sites = record.sites.filter(({folder}) => !removed.some((each) => each.folder === folder));
  return {removed, left};
}

function titleOf(each: {audience: string; title?: string}): string {
  return each.title ?? each.audience;
}
