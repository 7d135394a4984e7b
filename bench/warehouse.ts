/**
 * What a firm's whole warehouse costs, exports to all marts, beside DuckDB's bare count(*) in the same run over the CSV files that the
 * workspace reads, with columns declared and as many threads: `npx tsx bench/warehouse.ts [deals] [memory limit ...] [--dir FOLDER]`. Default: 100000 deals of the software
 * twin, without a limit and with 512MB. Each build is a process of its own; steps that cost most are listed;
 * with STEPS=1 each is said as it ends. With --keep FOLDER the warehouse stays there (for bench/largeSite.ts).
 */
import {spawnSync} from "node:child_process";
import {closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import {literal} from "../loaders/engine/sqlText.ts";
import {splitHeader} from "../loaders/sources/splitHeader.ts";
import type {Reporter} from "../loaders/system/progress.ts";
import {writeTwin} from "../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../loaders/workspace/statePaths.ts";

interface Cost {
  cpuSeconds: number;
  wallSeconds: number;
  peakMegabytes: number;
  megabytes: number;
  /** Seconds of CPU by step. */
  steps: [string, number][];
}

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {dir: {type: "string"}, child: {type: "string"}, limit: {type: "string"}, keep: {type: "string"}}
});

if (values.child === "count") await report(() => count(values.dir!));
else if (values.child === "build") await report((steps) => build(values.dir!, values.limit, steps));
else await compare();

async function compare(): Promise<void> {
  const [deals = "100000", ...limits] = positionals;
  const dir = values.dir ?? mkdtempSync(join(tmpdir(), "weir-bench-"));
  if (!existsSync(join(dir, "workspace.yaml")))
    await writeTwin({firm: "software", deals: Number(deals), seed: 1, out: dir});
  const bytes = csvFiles(dir).reduce((sum, file) => sum + statSync(file).size, 0);
  const base = run(dir, "count");
  console.log(`${(bytes / 1e9).toFixed(2)} GB of CSV read`);
  say("count(*) over all of them", base, base);
  for (const limit of limits.length > 0 ? limits : ["", "512MB"]) {
    const cost = run(dir, "build", limit);
    say(`all marts${limit ? `, limit ${limit}` : ""}`, cost, base);
    for (const [step, seconds] of cost.steps.slice(0, 12))
      console.log(`  ${step.padEnd(34)} ${seconds.toFixed(1).padStart(7)} s CPU`);
  }
  if (!values.dir) rmSync(dir, {recursive: true});
}

function say(label: string, cost: Cost, base: Cost): void {
  const {cpuSeconds, wallSeconds, peakMegabytes, megabytes} = cost;
  const ratio = `${(cpuSeconds / base.cpuSeconds).toFixed(1)}x`;
  console.log(
    `${label.padEnd(28)} ${ratio.padStart(7)} ${cpuSeconds.toFixed(1).padStart(8)} s CPU ${wallSeconds.toFixed(1).padStart(8)} s wall ${peakMegabytes.toFixed(0).padStart(6)} MB peak ${megabytes.toFixed(0).padStart(6)} MB file`
  );
}

function run(dir: string, child: string, limit = ""): Cost {
  const self = fileURLToPath(import.meta.url);
  const args = [
    "--import",
    "tsx/esm",
    self,
    "--child",
    child,
    "--dir",
    dir,
    ...(limit ? ["--limit", limit] : []),
    ...(values.keep ? ["--keep", values.keep] : [])
  ];
  const {stdout, stderr, status} = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", process.env["STEPS"] ? "inherit" : "pipe"]
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Cost;
}

/** One step in this process; its cost as JSON. */
async function report(work: (steps: Map<string, number>) => Promise<number>): Promise<void> {
  const steps = new Map<string, number>();
  const before = process.cpuUsage();
  const since = performance.now();
  const megabytes = await work(steps);
  const {user, system} = process.cpuUsage(before);
  const cost: Cost = {
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: (performance.now() - since) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    megabytes,
    steps: [...steps].sort((a, b) => b[1] - a[1])
  };
  process.stdout.write(JSON.stringify(cost));
}

/** Headers are read by hand: DuckDB's sniffer would cost more than counting a small firm's files. */
async function count(dir: string): Promise<number> {
  const engine = await openDuckDb(":memory:");
  for (const file of csvFiles(dir)) {
    const columns = headerOf(file)
      .map((name) => `${literal(name)}: 'VARCHAR'`)
      .join(", ");
    await engine.rows(
      `select count(*)::double from read_csv(${literal(file)}, auto_detect = false, header = true,
        columns = {${columns}}, delim = ',', quote = '"', escape = '"')`
    );
  }
  engine.close();
  return 0;
}

function headerOf(file: string): string[] {
  const descriptor = openSync(file, "r");
  const head = Buffer.alloc(1 << 16);
  const n = readSync(descriptor, head);
  closeSync(descriptor);
  return splitHeader(head.toString("utf8", 0, n).split(/\r?\n/)[0]!, ",");
}

async function build(dir: string, limit: string | undefined, steps: Map<string, number>): Promise<number> {
  const workspace = loadWorkspace(dir);
  const root = values.keep ?? mkdtempSync(join(tmpdir(), "weir-bench-"));
  const paths = statePaths(workspace, root);
  const builtAt = "2026-01-01T00:00:00Z";
  await buildWarehouse({
    workspace,
    paths,
    filesDir: dir,
    reporter: stepwise(steps),
    builtAt,
    ...(limit ? {memoryLimit: limit} : {})
  });
  const {size} = statSync(paths.warehouse);
  if (!values.keep) rmSync(root, {recursive: true});
  return size / 1e6;
}

/** Counts the CPU used up to each tick as that of the part it names; of two models that run side by side, as that of the first to end. */
function stepwise(steps: Map<string, number>): Reporter {
  let last = process.cpuUsage();
  const tick = (part: string) => {
    const {user, system} = process.cpuUsage(last);
    steps.set(part, (steps.get(part) ?? 0) + (user + system) / 1e6);
    last = process.cpuUsage();
    if (process.env["STEPS"])
      process.stderr.write(
        `${part} ${((user + system) / 1e6).toFixed(1)} s, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB peak\n`
      );
  };
  return {start: () => ({tick, done: () => tick("between steps")}), note() {}, warn() {}};
}

/** Those that the workspace reads: a twin writes some that no map asks for. */
function csvFiles(dir: string): string[] {
  return loadWorkspace(dir)
    .config.files.map(({path}) => join(dir, path))
    .filter((file) => file.endsWith(".csv") && existsSync(file));
}
