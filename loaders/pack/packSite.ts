/** A built site as files that open by a double click: for a shared drive, a mail, a board's folder. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {putInPlace} from "../publish/putInPlace.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {unknownName} from "../workspace/unknownName.ts";
import {packPage} from "./packPage.ts";
import {type PageOfSite, readSiteIndex} from "./siteIndex.ts";

export interface PackSiteOptions {
  /** Folder of a site of `weir build` or `weir publish`. */
  site: string;
  /** Folder to write into; one that a pack wrote is replaced as a whole. */
  out: string;
  /** Keys of pages; all that the site has if absent. */
  pages?: readonly string[];
  reporter: Reporter;
}

export interface PackedPage extends PageOfSite {
  bytes: number;
}

export interface PackedSite {
  company: string;
  asOf: string;
  pages: PackedPage[];
}

/**
 * Writes every page as one HTML file with all of its code, styles and data within.
 * @throws {WeirError} exit 2 when there is no such site or page, when the site is too large for files, or when `out` holds something else
 */
export async function packSite({
  site: given,
  out,
  pages: asked,
  reporter
}: PackSiteOptions): Promise<PackedSite> {
  const site = resolve(given);
  const {company, asOf, pages: all} = readSiteIndex(site);
  const pages = asked ? chosen(all, asked) : all;
  mayReplace(out);
  mkdirSync(dirname(out), {recursive: true});
  const temporary = mkdtempSync(`${out}.`);
  const step = reporter.start("pack", pages.length);
  const packed: PackedPage[] = [];
  try {
    for (const page of pages) {
      const html = await packPage(site, page, pages);
      const file = join(temporary, page.file);
      mkdirSync(dirname(file), {recursive: true});
      writeFileSync(file, html);
      packed.push({...page, bytes: Buffer.byteLength(html)});
      step.tick(page.file);
    }
    putInPlace(temporary, out);
  } finally {
    rmSync(temporary, {recursive: true, force: true});
  }
  step.done(`${pages.length} pages`);
  return {company, asOf, pages: packed};
}

function chosen(all: readonly PageOfSite[], asked: readonly string[]): PageOfSite[] {
  const known = [...new Set(all.map(({key}) => key))];
  const problems = asked
    .filter((key) => !known.includes(key))
    .map((key): Problem => ({field: "--pages", ...unknownName("page of this site", key, known)}));
  if (problems.length > 0) throw new WeirError("weir pack: no such page", {exitCode: EXIT.config, problems});
  return all.filter(({key}) => asked.includes(key));
}

/** A folder that holds anything but pages is nobody's to replace. */
function mayReplace(out: string): void {
  if (!existsSync(out)) return;
  const other = readdirSync(out, {recursive: true, withFileTypes: true}).find(
    (entry) => entry.isFile() && !entry.name.endsWith(".html")
  );
  if (!other) return;
  throw new WeirError("weir pack: the folder holds something else", {
    exitCode: EXIT.config,
    problems: [
      {
        file: join(other.parentPath, other.name),
        what: "not a file of weir pack, which replaces the whole folder",
        expected: "a new or empty folder, or one that weir pack wrote",
        fix: "give another folder: --out DIR"
      }
    ]
  });
}
