/** What was published: publish.json beside the sites, never inside one: it names all audiences and partners. */
import {createHash} from "node:crypto";
import {existsSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {EXIT, WeirError} from "../weirError.ts";
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
  n_deals: number;
  hidden_columns: readonly string[];
  n_files: number;
  n_bytes: number;
  /** Of names and contents of all its files. */
  sha256: string;
  as_of: string;
  published_at: string;
  scan: {n_strings: number; n_plain: number; n_secrets: number};
}

export interface PublishRecord {
  version: 1;
  workspace: string;
  company: string;
  sites: SiteRecord[];
}

export function recordFile(out: string): string {
  return join(out, "publish.json");
}

/** The record of the last publication into a folder. @throws {WeirError} exit 2 when the folder's record is not readable */
export function readRecord(out: string): PublishRecord | undefined {
  const file = recordFile(out);
  if (!existsSync(file)) return undefined;
  try {
    const record = JSON.parse(readFileSync(file, "utf8")) as PublishRecord;
    if (record.version === 1) return record;
  } catch {
    // Told below: the folder's names of partners' sites would be lost with it.
  }
  throw new WeirError("The record of the last publication cannot be read", {
    exitCode: EXIT.config,
    problems: [
      {
        what: "not a publish.json of this version",
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
