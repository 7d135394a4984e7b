/**
 * A shell: the pages of a site as Framework builds them, with an empty place for each file of data and for the firm's name. It is the same
 * for all sites of these pages, and holds nothing of any firm; `fillShell` makes a site of it.
 */
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {PAGES_VARIABLE} from "../pages/chosenPages.ts";
import {hashText, listFiles} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {makePages, printData, SOURCE, siteEnvironment} from "./framework.ts";
import {withLock} from "./lock.ts";
import {attachedFiles, narrowSource, SITE_ROOT_VARIABLE} from "./narrowSource.ts";
import {cacheFolder, cacheLock, siteCode} from "./siteCache.ts";

export interface SiteShell {
  /** The pages without a policy, which `finishSite` gives them once they name their data. */
  dist: string;
  /** Files that are still to be made, as pages attach them: `data/deals.json`. */
  data: readonly string[];
}

export interface ShellOptions {
  /** Folder of the shells, of which those of other code are removed; default the checkout's. */
  dir?: string;
  /** Keys of src/slices/sitePages.ts, as `chosenPages` gives them. */
  pages: readonly string[];
  reporter: Reporter;
}

/** Beside Framework's cache: whatever is built in a checkout is built of the same pages. */
const SHELLS = join(SOURCE, ".observablehq", "shells");

/** What stands in the place of the firm's name. */
export const EMPTY_NAME = "weir-name-to-be-filled";

/** What stands in a file's place: of the file itself, so that no two have the same hash. */
export function emptyPlace(file: string): string {
  return JSON.stringify({"to be filled": file});
}

/** The shell of these pages: the one that is there, else a new one. @throws {WeirError} exit 1 when Framework cannot build it */
export async function siteShell({dir = SHELLS, pages, reporter}: ShellOptions): Promise<SiteShell> {
  const code = siteCode();
  const ofCode = join(dir, code.slice(0, 16));
  const name = hashText(code, ...pages).slice(0, 16);
  const dist = join(ofCode, name);
  const attached = attachedFiles(SOURCE, pages);
  const data = attached.filter((file) => file.endsWith(".json"));
  if (existsSync(dist)) return {dist, data};
  // All of it in one's turn: another site's shell may be the same one, or under way beside it.
  await withLock(cacheLock(SOURCE), reporter, async () => {
    if (existsSync(dist)) return;
    removeOthers(dir, ofCode);
    const temporary = `${dist}.${process.pid}.tmp`;
    try {
      const root = narrowSource(SOURCE, pages);
      for (const file of data) write(join(cacheFolder(root), file), emptyPlace(file));
      // Only synthetic firms have a data sheet, by `chosenPages`.
      const firm = {company: EMPTY_NAME, is_synthetic: pages.includes("data-sheet")};
      const env = {
        ...siteEnvironment({warehouse: ""}, firm, temporary),
        [PAGES_VARIABLE]: pages.join(","),
        [SITE_ROOT_VARIABLE]: relative(PROJECT, root)
      };
      const step = reporter.start("pages", 30);
      // Code that is bundled for a page reads no warehouse, and finds none.
      const bundled = attached.filter((file) => !data.includes(file));
      await printData(cacheFolder(root), env, step.tick, bundled);
      const nPages = await makePages(env, (line) => step.tick(line.slice(0, 40)));
      step.done(`${nPages} pages, the same for all sites that have them`);
      refuseDataInCode(temporary);
      renameSync(temporary, dist);
    } finally {
      rmSync(temporary, {recursive: true, force: true});
    }
  });
  return {dist, data};
}

/** Shells of other code, and what a build that was killed left. */
function removeOthers(dir: string, ofCode: string): void {
  mkdirSync(ofCode, {recursive: true});
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (path !== ofCode) rmSync(path, {recursive: true, force: true});
  }
  for (const name of readdirSync(ofCode))
    if (name.endsWith(".tmp")) rmSync(join(ofCode, name), {recursive: true, force: true});
}

/** Places are filled by what pages say of their files: a module that attached one would keep the empty place. @throws {WeirError} naming the module */
export function refuseDataInCode(dist: string): void {
  const problems = listFiles(dist)
    .filter((file) => file.endsWith(".js") && readFileSync(file, "utf8").includes("/_file/data/"))
    .map((file) => ({
      what: "a module attaches a file of data",
      file: relative(dist, file),
      fix: "attach it in the page, and hand it to the module"
    }));
  if (problems.length > 0)
    throw new WeirError("The pages cannot be filled for one site after the other", {
      exitCode: EXIT.unexpected,
      problems
    });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}
