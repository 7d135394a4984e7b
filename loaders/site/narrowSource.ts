/**
 * What Framework builds for an audience: a folder with the Markdown of its pages alone, beside links to the code of all.
 * Framework builds every page that it finds and copies what those reach, so nothing that another page reads gets in.
 */
import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {inMenuOrder, pageFile} from "../../src/slices/sitePages.ts";
import {cacheFolder} from "./siteCache.ts";

/** The folder that Framework builds, where it is not src. */
export const SITE_ROOT_VARIABLE = "WEIR_SITE_ROOT";

/** Libraries that Framework has bundled, the same for every site. */
const LIBRARIES = ["_node", "_npm"];

/**
 * Lays the folder out anew; whoever calls holds the lock of the cache.
 * @param source Framework's root of the whole site
 * @param pages keys of src/slices/sitePages.ts; the first in the order of the menu becomes index.md
 * @returns the folder, inside `source`'s own hidden one, so that bare imports find node_modules
 */
export function narrowSource(source: string, pages: readonly string[]): string {
  const root = join(source, ".observablehq", "audience");
  rmSync(root, {recursive: true, force: true});
  mkdirSync(cacheFolder(root), {recursive: true});
  for (const name of LIBRARIES) {
    mkdirSync(join(cacheFolder(source), name), {recursive: true});
    link(join(cacheFolder(source), name), join(cacheFolder(root), name));
  }
  for (const entry of readdirSync(source, {withFileTypes: true})) {
    if (entry.name.startsWith(".") || entry.name.endsWith(".md")) continue;
    if (entry.isDirectory()) link(join(source, entry.name), join(root, entry.name));
    else copyFileSync(join(source, entry.name), join(root, entry.name));
  }
  for (const [index, key] of inMenuOrder(pages).entries())
    copyFileSync(join(source, pageFile(key)), join(root, index === 0 ? "index.md" : pageFile(key)));
  return root;
}

/** A junction, for which Windows asks no rights. */
function link(target: string, path: string): void {
  symlinkSync(target, path, "junction");
}

const KIND = /(\w+): FileAttachment\(/g;

/** The kinds of facts that pages open, of a large firm in parts. */
export function attachedKinds(source: string, pages: readonly string[]): string[] {
  return found(source, pages, KIND);
}

const ATTACHED = /FileAttachment\("\.\/([^"]+)"\)/g;

/** The files that pages attach, below the root: what their loaders have to make. */
export function attachedFiles(source: string, pages: readonly string[]): string[] {
  return found(source, pages, ATTACHED);
}

function found(source: string, pages: readonly string[], pattern: RegExp): string[] {
  const all = pages.flatMap((key) =>
    [...readFileSync(join(source, pageFile(key)), "utf8").matchAll(pattern)].map((match) => match[1]!)
  );
  return [...new Set(all)].sort();
}
