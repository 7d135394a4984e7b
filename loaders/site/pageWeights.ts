/** What each page of a built site ships, compressed: its data and its code. */
import {readdirSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";

export interface PageWeight {
  page: string;
  /** Bytes of the JSON files it reads, and of everything else. */
  data: number;
  code: number;
  /** Its heaviest JSON file. */
  heaviest: string | null;
}

/** The pages of a folder, by what they link to. */
export function pageWeights(dist: string): PageWeight[] {
  const known = new Map<string, number>();
  const sizeOf = (path: string) => {
    const found = known.get(path) ?? gzipSync(readFileSync(join(dist, path))).length;
    known.set(path, found);
    return found;
  };
  return readdirSync(dist)
    .filter((name) => name.endsWith(".html") && name !== "404.html")
    .map((page) => {
      const html = readFileSync(join(dist, page), "utf8");
      const linked = [...new Set([...html.matchAll(/"(\.\/_[^"]+)"/g)].map((match) => match[1]!))].filter(
        (path) => statSync(join(dist, path), {throwIfNoEntry: false})
      );
      const isData = (path: string) => path.includes("/_file/") && path.endsWith(".json");
      const data = linked.filter(isData).sort((a, b) => sizeOf(b) - sizeOf(a));
      const sum = (paths: readonly string[]) => paths.reduce((total, path) => total + sizeOf(path), 0);
      return {
        page,
        data: sum(data),
        code: sum(linked.filter((path) => !isData(path))) + gzipSync(html).length,
        heaviest: data[0] ?? null
      };
    });
}
