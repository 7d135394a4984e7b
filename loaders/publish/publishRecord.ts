/** What was published, in a file beside the folder of the sites, never inside it: it names all audiences and partners, and their folders. */
import {createHash} from "node:crypto";
import {existsSync, readFileSync, renameSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {EXIT, WeirError} from "../weirError.ts";
import type {RowFilter} from "./publishedSites.ts";
import {siteFiles} from "./scan/siteFiles.ts";

export interface SiteRecord {
  audience: string;
  /** The value of `each` it is of: a partner's id, or the slice's value; null without `each`. */
  value: string | null;
  title: string;
  folder: string;
  pages: readonly string[];
  /** Which deals it holds, in words; null for all. */
  rows: string | null;
  /** The same by values (of partners their ids), which words do not tell apart. */
  filters: readonly RowFilter[];
  n_deals: number;
  hidden_columns: readonly string[];
  /** Columns of ids that are e-mail addresses or hidden names, in whose place the site has pseudonyms. */
  pseudonyms: readonly string[];
  /** Made for readers of another firm, who get fewer columns. */
  outside: boolean;
  /** With deals that are its partner's by a match of names alone. */
  likely_matches: boolean;
  /** As workspace.yaml had it. */
  show: readonly string[];
  /** With what went along. */
  hide: readonly string[];
  n_files: number;
  n_bytes: number;
  /** Of names and contents of all its files. */
  sha256: string;
  as_of: string;
  published_at: string;
  scan: {n_strings: number; n_plain: number; n_secrets: number};
  /** Hashes of what it was made from: the firm's exports, declarations and the code; its own rows, declarations and the code. */
  made_of: {firm: string; rows: string};
}

/** The folder of a site, kept from before it is first published. */
export interface NamedFolder {
  audience: string;
  value: string | null;
  folder: string;
}

export interface PublishRecord {
  version: 1;
  workspace: string;
  company: string;
  /** By which pseudonyms are made; drawn once, so that they stay the same. */
  id_key?: string;
  folders: NamedFolder[];
  sites: SiteRecord[];
  /** Written before they are put in their place, gone when they are among `sites`: what a publication that was killed in between put there. */
  begun?: SiteRecord[];
}

/** `published/firm.publish.json` of `published/firm`. */
export function recordFile(out: string): string {
  return `${out}.publish.json`;
}

/**
 * The record of the last publication into a folder; undefined before the first.
 * @throws {WeirError} exit 2 when it is not readable, or of another firm: its sites would be written over, its addresses taken
 */
export function readRecord(
  out: string,
  firm: Pick<PublishRecord, "workspace" | "company">
): PublishRecord | undefined {
  const record = parseRecord(out);
  if (!record) return undefined;
  const problems = (["workspace", "company"] as const)
    .filter((field) => record[field] !== firm[field])
    .map((field) => ({
      what: "the folder holds the sites of another one",
      file: recordFile(out),
      field,
      value: record[field],
      expected: firm[field],
      fix: `publish into another folder with --out; if it is the same firm under a new name, change ${field} in this file`
    }));
  if (problems.length > 0)
    throw new WeirError(`${out} is not ${firm.workspace}'s; nothing was changed`, {
      exitCode: EXIT.config,
      problems
    });
  return record;
}

function parseRecord(out: string): PublishRecord | undefined {
  const file = recordFile(out);
  if (!existsSync(file)) return undefined;
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as PublishRecord;
    if (record.version === 1 && Array.isArray(record.folders) && Array.isArray(record.sites)) return record;
  } catch {
    // Told below: the folder's names of partners' sites would be lost with it.
  }
  throw new WeirError("The record of the last publication cannot be read", {
    exitCode: EXIT.config,
    problems: [
      {
        what: "not a record of this version",
        file,
        expected: "what weir publish wrote there",
        fix: "put it back, or publish into another folder: partners' sites then get new addresses"
      }
    ]
  });
}

/** Writes the record whole or not at all. */
export function writeRecord(out: string, record: PublishRecord): void {
  const temporary = `${recordFile(out)}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(temporary, recordFile(out));
}

/**
 * The records of the sites that are there, in a folder without leftovers. Of one whose publication was killed it is the begun record where
 * the files are those of it, else the one before.
 */
export function sitesThere(out: string, last: PublishRecord | undefined): SiteRecord[] {
  const begun = (last?.begun ?? []).filter((site) => isAsRecorded(out, site));
  const before = (last?.sites ?? []).filter(
    ({folder}) => existsSync(join(out, folder)) && !begun.some((each) => each.folder === folder)
  );
  return [...before, ...begun];
}

/** Whether the files of a site are those that were published, each by its content. */
export function isAsRecorded(out: string, site: SiteRecord): boolean {
  return hasRecordedSize(out, site) && treeHash(join(out, site.folder)) === site.sha256;
}

/** Whether as many files with as many bytes are there, which is seen without reading them. */
export function hasRecordedSize(out: string, {folder, n_files, n_bytes}: SiteRecord): boolean {
  const dist = join(out, folder);
  if (!existsSync(dist) || !statSync(dist).isDirectory()) return false;
  // A link may lead nowhere.
  const sizes = siteFiles(dist).map((file) => statSync(join(dist, file), {throwIfNoEntry: false})?.size ?? 0);
  return sizes.length === n_files && sizes.reduce((sum, size) => sum + size, 0) === n_bytes;
}

/** One hash over the names and contents of a site's files. */
export function treeHash(dist: string): string {
  const all = createHash("sha256");
  for (const file of siteFiles(dist))
    all.update(
      `${file}\0${createHash("sha256")
        .update(readFileSync(join(dist, file)))
        .digest("hex")}\n`
    );
  return all.digest("hex");
}
