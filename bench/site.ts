/**
 * What a build costs and what a page weighs: `npx tsx bench/site.ts [workspace] [files]`. Seconds are of this run on
 * this machine; the shares and the bytes are what to compare.
 */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {generateExports} from "../loaders/commands/generateExports.ts";
import {buildSite} from "../loaders/site/buildSite.ts";
import {pageWeights} from "../loaders/site/pageWeights.ts";
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
for (const {page, data, code} of pageWeights(dist))
  console.log(
    `${page.padEnd(28)} ${(data / 1024).toFixed(0).padStart(9)} ${(code / 1024).toFixed(0).padStart(9)}`
  );
rmSync(root, {recursive: true, force: true});
