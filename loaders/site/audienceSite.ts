/** An audience's site from its narrowed warehouse: the shell of its pages, filled with its own data. */
import {rmSync} from "node:fs";
import {join} from "node:path";
import {chosenPages, needForecast, PAGES_VARIABLE} from "../pages/chosenPages.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {StatePaths} from "../workspace/statePaths.ts";
import {fillShell} from "./fillShell.ts";
import {finishSite} from "./finishHtml.ts";
import {printData, siteEnvironment} from "./framework.ts";
import {type KnownForecasts, lookAheadOnce} from "./lookAhead.ts";
import {writeSiteParts} from "./siteParts.ts";
import {type SiteShell, siteShell} from "./siteShell.ts";

export interface AudienceSiteOptions {
  /** Of the narrowed warehouse. */
  paths: StatePaths;
  manifest: Manifest;
  /** Keys of src/slices/sitePages.ts. */
  pages: readonly string[];
  /** Forecasts of this publication so far. */
  forecasts: KnownForecasts;
  /** Made anew. */
  dist: string;
  reporter: Reporter;
}

/** Builds it. Forecasts are made only where a page tells what is to come. @throws {WeirError} exit 1 when a part of it fails */
export async function buildAudienceSite(options: AudienceSiteOptions): Promise<void> {
  const {paths, manifest, dist, reporter} = options;
  const pages = chosenPages(manifest.is_synthetic, options.pages.join(","));
  if (needForecast(pages)) await lookAheadOnce(options.forecasts, {paths, manifest}, reporter);
  const shell: SiteShell = await siteShell({pages, reporter});
  const printed = join(paths.dir, "printed");
  rmSync(printed, {recursive: true, force: true});
  const step = reporter.start("site", shell.data.length);
  try {
    // A process of its own for each site: what one reads of its warehouse is gone before the next begins.
    const env = {...siteEnvironment(paths, manifest, dist), [PAGES_VARIABLE]: pages.join(",")};
    await printData(printed, env, step.tick, shell.data);
    fillShell(shell, printed, dist, manifest);
  } finally {
    rmSync(printed, {recursive: true, force: true});
  }
  await writeSiteParts(paths, dist, reporter, (file) => step.tick(`part ${file}`), pages);
  finishSite(dist);
  step.done(`${pages.length} pages`);
}
