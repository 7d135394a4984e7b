import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {SOURCE} from "../../loaders/site/framework.ts";
import {withLock} from "../../loaders/site/lock.ts";
import {cacheLock, siteCode} from "../../loaders/site/siteCache.ts";
import {refuseDataInCode, siteShell} from "../../loaders/site/siteShell.ts";
import {silentReporter} from "../../loaders/system/progress.ts";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "weir-shell-"));
});
afterAll(() => rmSync(dir, {recursive: true, force: true}));

test("a module that attaches a file of data is refused by name: its empty place would stay", () => {
  const dist = join(dir, "built");
  const module = join(dist, "_import", "views");
  mkdirSync(module, {recursive: true});
  writeFileSync(
    join(dist, "index.html"),
    'registerFile("./data/deals.json", {"path":"./_file/data/deals.1.json"});'
  );
  writeFileSync(join(module, "deals.js"), "export const n = 1;");
  expect(() => refuseDataInCode(dist)).not.toThrow();
  writeFileSync(join(module, "deals.js"), 'new URL("../../_file/data/deals.1.json", import.meta.url)');
  expect(() => refuseDataInCode(dist)).toThrow(
    expect.objectContaining({
      exitCode: 1,
      problems: [expect.objectContaining({file: join("_import", "views", "deals.js")})]
    })
  );
});

test("a shell that another site has made meanwhile is taken as it is, and nothing under way beside it is removed", async () => {
  const ofCode = join(dir, siteCode().slice(0, 16));
  const ask = () =>
    siteShell({
      dir,
      pages: ["compare"],
      reporter: silentReporter
    });
  let asked: ReturnType<typeof ask> | undefined;
  await withLock(cacheLock(SOURCE), silentReporter, async () => {
    // What a site beside it is building.
    mkdirSync(join(ofCode, "other.1.tmp"), {recursive: true});
    asked = ask();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(readdirSync(ofCode)).toEqual(["other.1.tmp"]);
  });
  const [one, other] = await Promise.all([asked!, ask()]);
  expect(other).toEqual(one);
  expect(one.data).toEqual(["data/compare.json", "data/site.json"]);
  expect(readdirSync(one.dist)).toContain("index.html");
  writeFileSync(join(one.dist, "seen"), "");
  expect(readdirSync((await ask()).dist)).toContain("seen");
});
