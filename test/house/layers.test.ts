/** The folder tree is the data flow: a later layer imports an earlier one, never the other way. */
import {readFileSync} from "node:fs";
import {dirname, join, relative, sep} from "node:path";
import {describe, expect, test} from "vitest";
import {listFiles} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

/** In order; each may import itself and those before it. */
const LOADER_LAYERS = [
  "system",
  "workspace",
  "engine",
  "sources",
  "match",
  "warehouse",
  "metrics",
  "twins",
  "init",
  "forecast",
  "marketing",
  "publish",
  "pages",
  "scenario",
  "planning",
  "site",
  "pack",
  "commands"
];
const SOURCE_LAYERS = ["slices", "scenario", "figures", "components", "views", "data"];
/** Pure code that build and browser share. */
const SHARED = ["slices", "scenario", "figures"];

interface Import {
  from: string;
  to: string;
}

/** Project-relative imports of a file, as project-relative paths. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(PROJECT, file), "utf8");
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)].map((match) => match[1]!);
  return found.map((specifier) => ({
    from: file,
    to: relative(PROJECT, join(PROJECT, dirname(file), specifier))
  }));
}

const files = ["loaders", "src"]
  .flatMap((folder) => listFiles(join(PROJECT, folder)))
  .map((file) => relative(PROJECT, file).split(sep).join("/"))
  .filter((file) => file.endsWith(".ts"));
const imports = files.flatMap(importsOf);

function wrongWay({from, to}: Import): string | undefined {
  const [fromRoot, fromLayer = ""] = from.split("/");
  const [toRoot, toLayer = ""] = to.split("/");
  if (fromRoot === "loaders" && toRoot === "src" && !SHARED.includes(toLayer))
    return "loaders import a page or component";
  if (fromRoot === "src" && toRoot === "loaders" && fromLayer !== "data")
    return "code for the browser imports loaders";
  if (fromRoot !== toRoot) return undefined;
  const layers = fromRoot === "loaders" ? LOADER_LAYERS : SOURCE_LAYERS;
  const [at, towards] = [layers.indexOf(fromLayer), layers.indexOf(toLayer)];
  return at >= 0 && towards > at ? `${fromLayer} imports ${toLayer}, which comes later` : undefined;
}

describe("imports between layers", () => {
  test("there are imports to look at", () => expect(imports.length).toBeGreaterThan(100));

  test("every folder of loaders and src is a known layer", () => {
    const known = [...LOADER_LAYERS, ...SOURCE_LAYERS, "models"];
    const folders = new Set(
      files
        .map((file) => file.split("/"))
        .filter((parts) => parts.length > 2)
        .map((parts) => parts[1]!)
    );
    expect([...folders].filter((folder) => !known.includes(folder))).toEqual([]);
  });

  test("none goes the wrong way", () => {
    const wrong = imports.flatMap((each) => {
      const why = wrongWay(each);
      return why ? [`${each.from} -> ${each.to}: ${why}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("the rule sees a wrong one", () => {
    expect(wrongWay({from: "loaders/sources/readCsv.ts", to: "loaders/warehouse/manifest.ts"})).toMatch(
      /comes later/
    );
    expect(wrongWay({from: "loaders/pages/siteData.ts", to: "src/components/kpi.js"})).toMatch(/component/);
    expect(wrongWay({from: "src/views/overview.ts", to: "loaders/engine/engine.ts"})).toMatch(/browser/);
  });
});
