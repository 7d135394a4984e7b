/** A built site as files that open by a double click: for a shared drive, a mail, a board's folder. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs";
import {dirname, join} from "node:path";
import {putInPlace} from "../publish/putInPlace.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, type Problem, WeirError} from "../weirError.ts";
import {unknownName} from "../workspace/unknownName.ts";
import {clearKilledPacks, workFolder} from "./leftovers.ts";
import {PACKED_MARK, packPage} from "./packPage.ts";
import {type PageOfSite, readSiteIndex} from "./siteIndex.ts";

export interface PackSiteOptions {
  /** Folder of a site of `weir build` or `weir publish`. */
  site: string;
  /** Folder to write into; one that a pack wrote is replaced as a whole. */
  out: string;
  /** Keys of pages, those of another workspace of the site with its folder before them: "demo-equipment/forecast"; all that the site has if absent. */
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
  const {company, asOf, pages: all} = readSiteIndex(given);
  // esbuild names files by their real paths.
  const site = realpathSync(given);
  const pages = asked ? chosen(all, asked) : all;
  clearKilledPacks(out);
  mayReplace(out);
  const temporary = workFolder(out);
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
  const known = all.map(({name}) => name);
  const problems = asked
    .filter((name) => !known.includes(name))
    .map((name): Problem => ({field: "--pages", ...unknownName("page of this site", name, known)}));
  if (problems.length > 0) throw new WeirError("weir pack: no such page", {exitCode: EXIT.config, problems});
  return all.filter(({name}) => asked.includes(name));
}

/** A folder that holds anything but what a pack wrote is not replaced. */
function mayReplace(out: string): void {
  if (!existsSync(out)) return;
  const other = statSync(out).isDirectory() ? otherFile(out) : out;
  if (other === undefined) return;
  throw new WeirError("weir pack: there is something else", {
    exitCode: EXIT.config,
    problems: [
      {
        file: other,
        field: "--out",
        what: "not of weir pack, which replaces the whole folder",
        expected: "a new or empty folder, or one that weir pack wrote",
        fix: "give another folder: --out DIR"
      }
    ]
  });
}

function otherFile(folder: string): string | undefined {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .find((file) => !file.endsWith(".html") || !readFileSync(file, "utf8").includes(PACKED_MARK));
}
