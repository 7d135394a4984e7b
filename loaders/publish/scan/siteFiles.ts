import {readdirSync} from "node:fs";
import {join, relative, sep} from "node:path";

/** Every file under a site, hidden ones too, by its path within it, in a stable order. A link counts as the file it is. */
export function siteFiles(dist: string): string[] {
  return readdirSync(dist, {recursive: true, withFileTypes: true})
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
