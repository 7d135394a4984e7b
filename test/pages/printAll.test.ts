import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {pageLoaders} from "../../loaders/pages/pageLoaders.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "weir-loaders-"));
  mkdirSync(join(root, "src", "data"), {recursive: true});
  writeFileSync(join(root, "package.json"), `{"type": "module"}`);
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function loader(name: string, code: string): void {
  writeFileSync(join(root, "src", "data", name), code);
}

function run(...only: string[]) {
  const args = ["--import", "tsx/esm", join(PROJECT, "loaders", "pages", "printAll.ts")];
  return spawnSync(process.execPath, [...args, join(root, "src"), join(root, "cache"), ...only], {
    cwd: PROJECT,
    encoding: "utf8"
  });
}

const kept = (name: string) => readFileSync(join(root, "cache", "data", name));

test("what each loader prints is kept by its name, also late prints and bytes; what is kept is not asked again", () => {
  loader(
    "late.json.ts",
    "process.stdout.write('[1,');await new Promise((r) => setTimeout(r, 20));process.stdout.write('2]')"
  );
  loader("bytes.parquet.ts", "process.stdout.write(new Uint8Array([0, 255, 128]));");
  loader("helper.ts", "throw new Error('is no loader');");
  expect(run()).toMatchObject({status: 0, stdout: "load data/bytes.parquet\nload data/late.json\n"});
  expect(kept("late.json").toString()).toBe("[1,2]");
  expect([...kept("bytes.parquet")]).toEqual([0, 255, 128]);
  expect(run()).toMatchObject({status: 0, stdout: ""});
});

test("only the named ones are asked, and none where none is named: a site without pages that show data", () => {
  for (const name of ["a", "b"]) loader(`${name}.json.ts`, "process.stdout.write('1')");
  expect(run("--only")).toMatchObject({status: 0, stdout: ""});
  expect(run("--only", "data/b.json")).toMatchObject({status: 0, stdout: "load data/b.json\n"});
});

test("a loader that fails is named, and leaves nothing half written", () => {
  loader("bad.json.ts", "process.stdout.write('[1,'); throw new Error('no table of deals');");
  const {status, stderr} = run();
  expect([status, stderr]).toEqual([1, "error: data/bad.json.ts: no table of deals\n"]);
  expect(existsSync(join(root, "cache", "data"))).toBe(false);
});

test("every data file of the project has its loader", () => {
  const outputs = pageLoaders(join(PROJECT, "src")).map(({output}) => output);
  expect(outputs).toContain("data/deals.json");
  expect(new Set(outputs).size).toBe(outputs.length);
});
