/**
 * Warehouse to static site: Framework builds into a temporary folder, the pages are finished, the folder is renamed.
 * Until then the last good site is untouched.
 */
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync} from "node:fs";
import {dirname, join} from "node:path";
import {publishedFile} from "../scenario/buildScenario.ts";
import {hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {StatePaths} from "../workspace/statePaths.ts";
import {finishSite} from "./finishHtml.ts";
import {makePages, printData, SOURCE, siteEnvironment} from "./framework.ts";
import {withLock} from "./lock.ts";
import {lookAheadInTurn} from "./lookAhead.ts";
import {cacheFolder, cacheLock, refreshSiteCache, siteCode} from "./siteCache.ts";
import {writeSiteParts} from "./siteParts.ts";

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
        pages = withLock(cacheLock(SOURCE), reporter, () =>
          makeSite(part, folder, code, isLast ? reporter : quiet(reporter, part))
        );
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

/** Data first, all in one process; Framework finds them in its cache and makes the pages. */
async function makeSite(
  {paths, manifest}: SitePart,
  dist: string,
  code: string,
  reporter: Reporter
): Promise<void> {
  const committed = readFileSync(publishedFile(paths.warehouse), "utf8");
  const stamp = hashText(paths.warehouse, manifest.input_hash, manifest.built_at, code, committed);
  refreshSiteCache(SOURCE, stamp);
  const env = siteEnvironment(paths, manifest, dist);
  const step = reporter.start("site", 30);
  await printData(cacheFolder(SOURCE), env, (line) => step.tick(line));
  const nPages = await makePages(env, (line) => step.tick(line.slice(0, 40)));
  await writeSiteParts(paths, dist, reporter, (file) => step.tick(`part ${file}`));
  step.done(`${nPages} pages`);
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
