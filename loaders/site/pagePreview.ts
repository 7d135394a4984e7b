/** Framework's own preview over a finished warehouse: for people who work on the pages. */
import {spawn} from "node:child_process";
import {join} from "node:path";
import {hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import {EXIT, type ExitCode} from "../weirError.ts";
import {PROJECT, type StatePaths} from "../workspace/statePaths.ts";
import {FRAMEWORK, SOURCE, siteEnvironment} from "./framework.ts";
import {withLock} from "./lock.ts";
import {cacheFolder, cacheLock, refreshPrinted} from "./siteCache.ts";

/** Runs until it is stopped; until then Framework builds nothing else in this checkout, whose cache it writes to. */
export function runPagePreview({
  paths,
  manifest,
  port,
  reporter
}: {
  paths: StatePaths;
  manifest: Manifest;
  port: number;
  reporter: Reporter;
}): Promise<ExitCode> {
  return withLock(cacheLock(SOURCE), reporter, async () => {
    refreshPrinted(cacheFolder(SOURCE), hashText("preview", paths.warehouse, manifest.built_at));
    const env = siteEnvironment(paths, manifest, join(PROJECT, "dist"));
    const args = [FRAMEWORK, "preview", "--no-open", "--host", "127.0.0.1", "--port", String(port)];
    const child = spawn(process.execPath, args, {cwd: PROJECT, env, stdio: "inherit"});
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return code === 0 || code === null ? EXIT.ok : EXIT.unexpected;
  });
}
