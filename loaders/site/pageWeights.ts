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

/** What weighs more than a page may ship, in words: pages with all they read at first, and files that they fetch later. */
export function overweight(
  pages: readonly PageWeight[],
  parts: readonly {file: string; bytes: number}[],
  limit: number
): string[] {
  const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  return [
    ...pages
      .filter(({data}) => data > limit)
      .map(
        ({page, data, heaviest}) =>
          `${page} ships ${kB(data)} of data, more than ${kB(limit)}: most of it ${heaviest}`
      ),
    ...parts
      .filter(({bytes}) => bytes > limit)
      .map(({file, bytes}) => `_parts/${file} is ${kB(bytes)}, more than a page may ship`)
  ];
}
