import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {attachedFiles, attachedKinds, narrowSource} from "../../loaders/site/narrowSource.ts";

let source: string;
beforeEach(() => {
  source = mkdtempSync(join(tmpdir(), "weir-source-"));
  mkdirSync(join(source, "views"));
  writeFileSync(join(source, "views", "all.ts"), "export const a = 1;\n");
  writeFileSync(join(source, "style.css"), "");
  writeFileSync(join(source, "index.md"), 'FileAttachment("./data/outlook.json")');
  writeFileSync(
    join(source, "deals.md"),
    'openSource(FileAttachment("./data/site.json"), {deals: FileAttachment("./data/deals.json")})'
  );
  writeFileSync(join(source, "backlog.md"), 'FileAttachment("./data/site.json")');
});
afterEach(() => rmSync(source, {recursive: true, force: true}));

test("holds the pages asked for alone, the first as index.md, beside the code of all", () => {
  const root = narrowSource(source, ["backlog", "deals"]);
  expect(readdirSync(root).sort()).toEqual([".observablehq", "backlog.md", "index.md", "style.css", "views"]);
  expect(readFileSync(join(root, "index.md"), "utf8")).toContain("deals.json");
  expect(existsSync(join(root, "views", "all.ts"))).toBe(true);
});

test("is laid out anew each time: nothing of the audience before is left", () => {
  narrowSource(source, ["overview", "deals"]);
  const root = narrowSource(source, ["backlog"]);
  expect(readdirSync(root).filter((file) => file.endsWith(".md"))).toEqual(["index.md"]);
  expect(readFileSync(join(root, "index.md"), "utf8")).not.toContain("deals.json");
});

test("what pages attach is told by their Markdown, files and kinds", () => {
  expect(attachedFiles(source, ["backlog", "deals"])).toEqual(["data/deals.json", "data/site.json"]);
  expect(attachedKinds(source, ["backlog", "deals"])).toEqual(["deals"]);
  expect(attachedKinds(source, ["backlog"])).toEqual([]);
});
