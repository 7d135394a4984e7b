/** Rules of the house that a reader of the code would forget one day. */
import {readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {describe, expect, test} from "vitest";
import {listFiles} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

const all = ["loaders", "src", "test", "bench", "types", "bin"]
  .flatMap((folder) => listFiles(join(PROJECT, folder)))
  .map((file) => relative(PROJECT, file))
  .filter((file) => /\.(ts|js|sql|md|yml|css)$/.test(file) && !file.startsWith("test/fixtures"));

const text = (file: string) => readFileSync(join(PROJECT, file), "utf8");

/** Code without its comments: a rule may be named where it is explained. */
const code = (file: string) =>
  text(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)(\/\/|--).*$/gm, "$1");

function offenders(files: readonly string[], pattern: RegExp, read = code): string[] {
  return files.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : []))
  );
}

const inFolders = (...folders: string[]) =>
  all.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)));

describe("as-of, never now", () => {
  const TIMELESS = [
    "loaders/models",
    "loaders/forecast",
    "loaders/marketing",
    "loaders/metrics",
    "loaders/pages",
    "loaders/sources",
    "loaders/twins",
    "src"
  ];
  const CLOCK =
    /Date\.now\(|new Date\(\)|performance\.now\(|\bcurrent_date\b|\bcurrent_timestamp\b|\bnow\(\)|\btoday\(\)/;
  const CHANCE = /Math\.random\(|\brandom\(\)|\buuid\(\)|randomUUID|using sample/i;

  test("no clock in models, forecasts, sources, twins and pages", () => {
    expect(offenders(inFolders(...TIMELESS), CLOCK)).toEqual([]);
  });

  test("no chance without a seed there either", () => {
    expect(offenders(inFolders(...TIMELESS), CHANCE)).toEqual([]);
  });
});

describe("pages", () => {
  test("a link to another page is made in one place, which knows whether the site has it", () => {
    const views = inFolders("src").filter((file) => file !== "src/views/pageLinks.ts");
    expect(offenders(views, /href=(["'`]|\$\{["'`])\.\/|["'`]\.\/[a-z-]+\?/)).toEqual([]);
  });

  test("nothing is imported from a CDN", () => {
    expect(offenders(inFolders("src"), /["'](npm:|jsr:|https?:\/\/[^"']+\.js)/)).toEqual([]);
  });

  test("every page names itself in its front matter", () => {
    const nameless = all.filter(
      (file) => /^src\/[^/]*\.md$/.test(file) && !/^---\ntitle: \S.*\n---\n/.test(text(file))
    );
    expect(nameless).toEqual([]);
  });

  test("page loaders have at most thirty lines, pages at most 160", () => {
    const long = all.filter(
      (file) =>
        (/^src\/data\/.*\.ts$/.test(file) && text(file).split("\n").length > 31) ||
        (/^src\/.*\.md$/.test(file) && text(file).split("\n").length > 160)
    );
    expect(long).toEqual([]);
  });

  test("text from a CRM never becomes markup", () => {
    expect(
      offenders(inFolders("src"), /innerHTML|outerHTML|insertAdjacentHTML|html\.unsafe|document\.write/)
    ).toEqual([]);
  });
});

describe("one owner for each decision", () => {
  test("only readCsv calls read_csv", () => {
    const callers = inFolders("loaders", "src").filter((file) => /\bread_csv(_auto)?\(/.test(code(file)));
    expect(callers).toEqual(["loaders/sources/readCsv.ts"]);
  });

  test("only the engine talks to DuckDB", () => {
    const importers = inFolders("loaders", "src").filter((file) => code(file).includes("@duckdb/node-api"));
    expect(importers).toEqual(["loaders/engine/duckdb.ts"]);
  });

  test("only palette.ts and the style sheets name colours", () => {
    const named = inFolders("src").filter((file) => file.endsWith(".ts") && !file.endsWith("palette.ts"));
    expect(offenders(named, /["'`]#[0-9a-fA-F]{3,8}["'`]/)).toEqual([]);
  });
});

describe("size", () => {
  test("no file has more than 400 lines", () => {
    expect(all.filter((file) => text(file).split("\n").length > 401)).toEqual([]);
  });
});
