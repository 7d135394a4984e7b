/**
 * What page loaders printed is kept, and nobody asks whether it is still true. So whenever the warehouse or the code
 * behind the pages differs from last time, those outputs are deleted first.
 */
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {hashFile, hashFolders, hashText} from "../system/fileHash.ts";
import {PROJECT} from "../workspace/statePaths.ts";

const STAMP = "weir-stamp.txt";

/** A hash of all code that a site is made by, libraries by their versions. */
export function siteCode(): string {
  return hashText(
    hashFolders(PROJECT, ["loaders", "src", "observablehq.config.ts"]),
    hashFile(join(PROJECT, "package-lock.json"))
  );
}

/** Where Framework keeps what the loaders of a source root printed. */
export function cacheFolder(root: string): string {
  return join(root, ".observablehq", "cache");
}

/** The lock of a source root's cache, which all workspaces of a checkout share: who makes pages holds it. */
export function cacheLock(root: string): string {
  return join(root, ".observablehq", "pages.lock");
}

/** Deletes what loaders printed into a folder under another stamp; libraries (`_npm`, `_node`, ...) stay. */
export function refreshPrinted(cache: string, stamp: string): void {
  mkdirSync(cache, {recursive: true});
  const file = join(cache, STAMP);
  if (existsSync(file) && readFileSync(file, "utf8") === stamp) return;
  for (const name of readdirSync(cache))
    if (!name.startsWith("_")) rmSync(join(cache, name), {recursive: true});
  writeFileSync(file, stamp);
}
