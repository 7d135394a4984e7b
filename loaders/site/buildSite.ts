/**
 * Warehouse to static site: Framework builds into a temporary folder, the pages are finished, the folder is renamed.
 * Until then the last good site is untouched.
 */
import {spawn} from "node:child_process";
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {createInterface} from "node:readline";
import {buildForecast} from "../forecast/buildForecast.ts";
import {chosenPages, needForecast, PAGES_VARIABLE} from "../pages/chosenPages.ts";
import {PAGE_BYTES, writeParts} from "../pages/parts/writeParts.ts";
import {buildPlanning} from "../planning/buildPlanning.ts";
import {buildScenario, publishedFile} from "../scenario/buildScenario.ts";
import {writeScenarioParts} from "../scenario/scenarioParts.ts";
import {hashFolders, hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";
import {finishSite} from "./finishHtml.ts";
import {FRAMEWORK, SOURCE, siteEnvironment} from "./framework.ts";
import {withLock} from "./lock.ts";
import {attachedFiles, attachedKinds, narrowSource, SITE_ROOT_VARIABLE} from "./narrowSource.ts";
import {overweight, pageWeights} from "./pageWeights.ts";
import {cacheFolder, cacheLock, refreshSiteCache} from "./siteCache.ts";

const TYPESCRIPT = ["--import", "tsx/esm"];
const PRINT_ALL = join(PROJECT, "loaders", "pages", "printAll.ts");

/** A workspace of the site. */
export interface SitePart {
  paths: StatePaths;
  manifest: Manifest;
}

export interface BuildSiteOptions extends SitePart {
  /** Other workspaces, each in a folder of the site. */
  companions?: readonly (SitePart & {folder: string})[];
  /** Keys of src/slices/sitePages.ts, of a site for an audience; every page, the firm's own site, if absent. */
  pages?: readonly string[];
  /** Folder to publish into; replaced as a whole. */
  dist: string;
  reporter: Reporter;
}

/** Builds the site. @throws {WeirError} exit 1 with Framework's own last words when the build fails. */
export async function buildSite({
  paths,
  manifest,
  companions = [],
  pages: asked,
  dist,
  reporter
}: BuildSiteOptions): Promise<void> {
  const temporary = `${dist}.${process.pid}.tmp`;
  await withLock(join(dirname(paths.dir), "site.lock"), reporter, async () => {
    const code = hashFolders(PROJECT, ["loaders", "src", "observablehq.config.ts", "package-lock.json"]);
    const parts = [{folder: "", paths, manifest}, ...companions];
    try {
      // The pages of one firm are made by processes of their own: meanwhile the next firm's forecasts are worked out here.
      let pages = Promise.resolve();
      for (const [index, part] of parts.entries()) {
        if (!asked || needForecast(asked)) await lookAhead(part, reporter);
        await pages;
        const folder = join(temporary, part.folder);
        const isLast = index === parts.length - 1;
        pages = withLock(cacheLock(SOURCE), reporter, () =>
          makePages(part, folder, code, isLast ? reporter : quiet(reporter, part), asked)
        );
        // Seen where it is awaited, also when the next forecast fails first.
        pages.catch(() => {});
      }
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

/** What the pages tell of what is to come, beside the warehouse. */
async function lookAhead({paths, manifest}: SitePart, reporter: Reporter): Promise<void> {
  const built = {warehouse: paths.warehouse, inputHash: manifest.input_hash, reporter};
  await buildForecast(built);
  await buildScenario({...built, scenarios: paths.scenarios});
  await buildPlanning(built);
}

/** Data first, all in one process; Framework finds them in its cache and makes the pages. */
async function makePages(
  {paths, manifest}: SitePart,
  dist: string,
  code: string,
  reporter: Reporter,
  asked?: readonly string[]
): Promise<void> {
  // An audience's data are made anew in a folder of their own.
  if (!asked) {
    const committed = readFileSync(publishedFile(paths.warehouse), "utf8");
    const stamp = hashText(paths.warehouse, manifest.input_hash, manifest.built_at, code, committed);
    refreshSiteCache(SOURCE, stamp);
  }
  const chosen = asked ? chosenPages(manifest.is_synthetic, asked.join(",")) : null;
  const root = chosen ? narrowSource(SOURCE, chosen) : SOURCE;
  const env = {
    ...siteEnvironment(paths, manifest, dist),
    ...(chosen ? {[PAGES_VARIABLE]: chosen.join(","), [SITE_ROOT_VARIABLE]: relative(PROJECT, root)} : {})
  };
  const step = reporter.start("site", 30);
  const wanted = chosen ? ["--only", ...attachedFiles(SOURCE, chosen)] : [];
  const data = await said([...TYPESCRIPT, PRINT_ALL, SOURCE, cacheFolder(root), ...wanted], env, (line) =>
    step.tick(line)
  );
  if (data.code !== 0) throw notBuilt(data.lines);
  const pages = await said([FRAMEWORK, "build"], env, (line) => step.tick(line.slice(0, 40)));
  // Framework exits 0 although a page failed, and leaves the file out.
  if (pages.code !== 0 || pages.lines.some((line) => /error:|→ .*error|exited with code/i.test(line)))
    throw notBuilt(pages.lines);
  // What a large firm's pages fetch by their filters; nothing otherwise.
  const folder = join(dist, "_parts");
  const onPart = (file: string) => step.tick(`part ${file}`);
  const parts = await writeParts(paths.warehouse, folder, {
    onPart,
    ...(chosen ? {only: {pages: chosen, kinds: attachedKinds(SOURCE, chosen)}} : {})
  });
  if (parts.length > 0 && (chosen?.includes("what-if") ?? true))
    parts.push(...writeScenarioParts(paths.warehouse, folder, onPart));
  // A page's first view of a large firm is its own files and the cells of the whole.
  for (const words of overweight(pageWeights(dist), parts, PAGE_BYTES)) reporter.warn(words);
  step.done(`${pages.lines.filter((line) => /^load /.test(line)).length} pages`);
}

/** Of a step beside another one: no second bar, a line at its end. */
function quiet({note, ...reporter}: Reporter, {manifest}: SitePart): Reporter {
  return {
    ...reporter,
    note,
    start: () => ({tick() {}, done: (text) => note(`   site of ${manifest.company}: ${text}`)})
  };
}

function notBuilt(lines: readonly string[]): WeirError {
  return new WeirError(`The site could not be built\n${lines.slice(-25).join("\n")}`, {
    exitCode: EXIT.unexpected
  });
}

/** Runs Node on `args`; what it said on stdout and stderr, line by line. */
async function said(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  hear: (line: string) => void
): Promise<{code: number | null; lines: string[]}> {
  const child = spawn(process.execPath, args, {cwd: PROJECT, env, stdio: ["ignore", "pipe", "pipe"]});
  const lines: string[] = [];
  const note = (line: string) => {
    lines.push(line);
    hear(line);
  };
  createInterface({input: child.stdout}).on("line", note);
  createInterface({input: child.stderr}).on("line", note);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve)
  );
  return {code, lines};
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
