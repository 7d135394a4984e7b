/**
 * Warehouse to static site: the shell of the pages is filled in a temporary folder, the pages are finished, the folder is renamed.
 * Until then the last good site is untouched.
 */
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {chosenPages} from "../pages/chosenPages.ts";
import {publishedFile} from "../scenario/buildScenario.ts";
import {hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {StatePaths} from "../workspace/statePaths.ts";
import {fillShell} from "./fillShell.ts";
import {finishSite} from "./finishHtml.ts";
import {printData, siteEnvironment} from "./framework.ts";
import {withLock} from "./lock.ts";
import {lookAheadInTurn} from "./lookAhead.ts";
import {refreshPrinted, siteCode} from "./siteCache.ts";
import {writeSiteParts} from "./siteParts.ts";
import {siteShell} from "./siteShell.ts";

/** A workspace of the site. */
export interface SitePart {
  paths: StatePaths;
  manifest: Manifest;
}

export interface BuildSiteOptions extends SitePart {
  /** Other workspaces, each in a folder of the site. */
  companions?: readonly (SitePart & {folder: string})[];
  /** Folder to publish into; replaced as a whole. */
  dist: string;
  reporter: Reporter;
}

/** Builds the site. @throws {WeirError} exit 1 with Framework's own last words when the build fails. */
export async function buildSite({
  paths,
  manifest,
  companions = [],
  dist,
  reporter
}: BuildSiteOptions): Promise<void> {
  const temporary = `${dist}.${process.pid}.tmp`;
  await withLock(join(dirname(paths.dir), "site.lock"), reporter, async () => {
    const code = siteCode();
    const parts = [{folder: "", paths, manifest}, ...companions];
    try {
      // The pages of one firm are made by processes of their own: meanwhile the next firm's forecasts are worked out here.
      let pages = Promise.resolve();
      await lookAheadInTurn(parts, reporter, async (part) => {
        await pages;
        const folder = join(temporary, part.folder);
        const isLast = part === parts.at(-1);
        pages = makeSite(part, folder, code, isLast ? reporter : quiet(reporter, part));
        // Seen where it is awaited, also when the next forecast fails first.
        pages.catch(() => {});
      });
      await pages;
      finishSite(
        temporary,
        parts.map((part) => ({folder: part.folder, label: part.manifest.company}))
      );
      swap(temporary, dist, paths.previousDist);
    } finally {
      rmSync(temporary, {recursive: true, force: true});
    }
  });
}

/** The pages, which Framework makes once for all sites that have them, with what their loaders print of this warehouse. */
async function makeSite(
  {paths, manifest}: SitePart,
  dist: string,
  code: string,
  reporter: Reporter
): Promise<void> {
  const committed = readFileSync(publishedFile(paths.warehouse), "utf8");
  const stamp = hashText(paths.warehouse, manifest.input_hash, manifest.built_at, code, committed);
  const pages = chosenPages(manifest.is_synthetic);
  const shell = await siteShell({pages, reporter});
  const printed = join(paths.dir, "printed");
  refreshPrinted(printed, stamp);
  const step = reporter.start("site", shell.data.length);
  await printData(printed, siteEnvironment(paths, manifest, dist), step.tick, shell.data);
  fillShell(shell, printed, dist, manifest);
  await writeSiteParts(paths, dist, reporter, (file) => step.tick(`part ${file}`));
  step.done(`${pages.length} pages`);
}

/** Of a step beside another one: no second bar, a line at its end. */
function quiet({note, ...reporter}: Reporter, {manifest}: SitePart): Reporter {
  return {
    ...reporter,
    note,
    start: () => ({tick() {}, done: (text) => note(`   site of ${manifest.company}: ${text}`)})
  };
}

/** The new site in, the old one kept as the previous. */
function swap(next: string, dist: string, previous: string): void {
  mkdirSync(dirname(previous), {recursive: true});
  rmSync(previous, {recursive: true, force: true});
  const aside = `${dist}.${process.pid}.old`;
  if (existsSync(dist)) renameSync(dist, aside);
  renameSync(next, dist);
  if (existsSync(aside)) moveAcross(aside, previous);
}

/** State and site may lie on different disks, where a rename is refused; the old site is then let go. */
function moveAcross(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    rmSync(from, {recursive: true, force: true});
  }
}
