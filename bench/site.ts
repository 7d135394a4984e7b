/**
 * What a build costs and what a page weighs: `npx tsx bench/site.ts [workspace] [files]`. Seconds are of this run on
 * this machine; the shares and the bytes are what to compare.
 */
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {generateExports} from "../loaders/commands/generateExports.ts";
import {buildSite} from "../loaders/site/buildSite.ts";
import {silentReporter} from "../loaders/system/progress.ts";
import {buildWarehouse} from "../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE, statePaths} from "../loaders/workspace/statePaths.ts";

const [dir = DEFAULT_WORKSPACE, files] = process.argv.slice(2);
const root = mkdtempSync(join(tmpdir(), "weir-bench-"));
const workspace = loadWorkspace(dir);
const paths = statePaths(workspace, root);
const {generate} = workspace.config;
const builtAt = new Date().toISOString();

async function timed<T>(label: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const {user, system} = process.cpuUsage(cpu);
  const seconds = ((performance.now() - since) / 1000).toFixed(2);
  console.log(
    `${label.padEnd(28)} ${seconds.padStart(7)} s wall ${((user + system) / 1e6).toFixed(2).padStart(7)} s CPU here`
  );
  return result;
}

if (generate) await timed("generate", () => generateExports(generate, paths.generated, silentReporter));
const filesDir = files ?? (generate ? paths.generated : workspace.dir);
const options = {workspace, paths, filesDir, reporter: silentReporter, builtAt};
const {manifest} = await timed("exports to warehouse", () => buildWarehouse(options));
await timed("again, typed copies reused", () => buildWarehouse({...options, force: true}));
await timed("again, nothing changed", () => buildWarehouse(options));
const dist = join(root, "dist");
await timed("warehouse to site", () => buildSite({paths, manifest, dist, reporter: silentReporter}));

console.log(`\n${"page".padEnd(28)} ${"data".padStart(9)} ${"code".padStart(9)}  kB compressed`);
for (const page of readdirSync(dist).filter((name) => name.endsWith(".html") && name !== "404.html")) {
  const html = readFileSync(join(dist, page), "utf8");
  const linked = new Set([...html.matchAll(/"(\.\/_[^"]+)"/g)].map((match) => match[1]!));
  const size = (path: string) => gzipSync(readFileSync(join(dist, path))).length / 1024;
  const sum = (wanted: (path: string) => boolean) =>
    [...linked]
      .filter((path) => wanted(path) && statSync(join(dist, path), {throwIfNoEntry: false}))
      .reduce((total, path) => total + size(path), 0);
  const data = sum((path) => path.includes("/_file/"));
  const code = sum((path) => !path.includes("/_file/")) + gzipSync(html).length / 1024;
  console.log(`${page.padEnd(28)} ${data.toFixed(0).padStart(9)} ${code.toFixed(0).padStart(9)}`);
}
rmSync(root, {recursive: true, force: true});
