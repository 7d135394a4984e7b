/** Puts a site's own files of data, and its firm's name, into the empty places of a shell. */
import {createHash} from "node:crypto";
import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, extname, join} from "node:path";
import type {Manifest} from "../warehouse/manifest.ts";
import {escapeHtml} from "./finishHtml.ts";
import {tellFiles} from "./registeredFiles.ts";
import {EMPTY_NAME, emptyPlace, type SiteShell} from "./siteShell.ts";

/**
 * Copies the shell to `dist`, which is made anew, with the files of `from` in their places, named for their contents as Framework names
 * them; each page says where its own lie.
 * @param from folder of the files, below it as pages attach them
 * @param firm its name, and what pages say of when files were changed (UTC, ISO): of the same data two sites are the same
 * @throws when a file is not there, or an empty place is left
 */
export function fillShell(
  {dist: shell, data}: SiteShell,
  from: string,
  dist: string,
  firm: Pick<Manifest, "company" | "built_at">
): void {
  rmSync(dist, {recursive: true, force: true});
  cpSync(shell, dist, {recursive: true});
  const filled = new Map(data.map((file) => [file, fill(file, from, dist)]));
  const modifiedAt = Date.parse(firm.built_at);
  const name = escapeHtml(firm.company);
  const named = new Set<string>();
  for (const page of readdirSync(dist).filter((name) => name.endsWith(".html"))) {
    const path = join(dist, page);
    const html = tellFiles(readFileSync(path, "utf8"), (asked, info) => {
      const file = asked.replace(/^\.\//, "");
      const own = filled.get(file);
      if (!own) return null;
      named.add(file);
      return JSON.stringify({...info, path: `./${own.path}`, lastModified: modifiedAt, size: own.size});
    });
    writeFileSync(
      path,
      html.replaceAll(EMPTY_NAME, () => name)
    );
  }
  const unnamed = data.filter((file) => !named.has(file));
  if (unnamed.length > 0)
    throw new Error(
      `no page of the site says where ${unnamed.join(", ")} lies: Framework writes otherwise now`
    );
}

function fill(file: string, from: string, dist: string): {path: string; size: number} {
  const contents = readFileSync(join(from, file));
  const path = hashedPath(file, contents);
  rmSync(join(dist, hashedPath(file, emptyPlace(file))));
  mkdirSync(dirname(join(dist, path)), {recursive: true});
  writeFileSync(join(dist, path), contents);
  return {path, size: contents.length};
}

/** `_file/data/deals.1154e459.json`, as Framework names what a page attaches. */
function hashedPath(file: string, contents: string | Uint8Array): string {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8);
  const end = extname(file);
  return `_file/${file.slice(0, -end.length)}.${hash}${end}`;
}
