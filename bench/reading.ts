/**
 * What reading costs: CPU of our strict reading and typing against DuckDB's bare count(*) over the same files, in one
 * run. Run by hand: node --import tsx/esm bench/reading.ts [deals] [history rows]
 */
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import {literal} from "../loaders/engine/sqlText.ts";
import {type LandingOptions, landFile} from "../loaders/sources/landFile.ts";
import {loadSources} from "../loaders/sources/loadSources.ts";
import {mappedColumns} from "../loaders/sources/mappedColumns.ts";
import {scanCsv} from "../loaders/sources/scanCsv.ts";
import {HashMemory} from "../loaders/system/fileHash.ts";
import {silentReporter} from "../loaders/system/progress.ts";
import {parseWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {READING_HEADERS, READING_WORKSPACE, readingData} from "./readingData.ts";

interface Cost {
  cpuSeconds: number;
  wallSeconds: number;
  peakMegabytes: number;
}

const FILES = ["deals.csv", "history.csv"] as const;
const ROUNDS = 3;
/** Of DuckDB; the process needs some more. */
const MEMORY_LIMIT = "1GB";

const STEPS: Record<string, (dir: string, scratch: string) => Promise<void>> = {
  "count(*)": (dir) => count(dir),
  "strict scan alone": (dir) => scan(dir),
  "scan, read, type, write": (dir, scratch) => land(dir, scratch),
  "the same, into source tables": (dir, scratch) => load(dir, scratch)
};

if (process.argv[2] === "--child") await child(process.argv[3]!, process.argv[4]!);
else compare(Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 10_000_000));

function compare(nDeals: number, nEvents: number): void {
  const dir = readingData(nDeals, nEvents);
  console.log(`${nDeals} deals x 20 columns, ${nEvents} history rows; medians of ${ROUNDS}`);
  const costs = new Map<string, Cost[]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const step of Object.keys(STEPS)) costs.set(step, [...(costs.get(step) ?? []), run(step, dir)]);
  const base = median(costs.get("count(*)")!.map((cost) => cost.cpuSeconds));
  for (const [step, each] of costs) {
    const cpu = median(each.map((cost) => cost.cpuSeconds));
    const wall = median(each.map((cost) => cost.wallSeconds));
    const peak = Math.max(...each.map((cost) => cost.peakMegabytes));
    console.log(
      `${step.padEnd(30)} ${(cpu / base).toFixed(2).padStart(6)}x  ${cpu.toFixed(2).padStart(7)} s CPU  ${wall.toFixed(2).padStart(7)} s wall  ${peak.toFixed(0).padStart(5)} MB peak`
    );
  }
}

function run(step: string, dir: string): Cost {
  const {stdout, stderr, status} = spawnSync(
    process.execPath,
    ["--import", "tsx/esm", fileURLToPath(import.meta.url), "--child", step, dir],
    {encoding: "utf8"}
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Cost;
}

/** One step in a process of its own; imports are not counted. */
async function child(step: string, dir: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "weir-bench-"));
  const cpu = process.cpuUsage();
  const start = performance.now();
  await STEPS[step]!(dir, scratch);
  const used = process.cpuUsage(cpu);
  const cost: Cost = {
    cpuSeconds: (used.user + used.system) / 1e6,
    wallSeconds: (performance.now() - start) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024
  };
  rmSync(scratch, {recursive: true});
  process.stdout.write(JSON.stringify(cost));
}

async function count(dir: string): Promise<void> {
  const engine = await openDuckDb(":memory:");
  for (const file of FILES) {
    const names = READING_HEADERS[file].split(",");
    const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
    await engine.rows(
      `select count(*)::double from read_csv(${literal(join(dir, file))}, auto_detect = false, header = true,
        columns = {${columns}}, delim = ',', quote = '"', escape = '"')`
    );
  }
  engine.close();
}

async function scan(dir: string): Promise<void> {
  for (const file of FILES) {
    const result = await scanCsv(join(dir, file));
    if (!result.ok) throw new Error(result.problem.what);
  }
}

async function land(dir: string, scratch: string): Promise<void> {
  const options = await landing(dir, scratch);
  for (const spec of options.workspace.config.files)
    await landFile(join(dir, spec.path), spec, mappedColumns(spec, options.workspace.config), options);
  options.engine.close();
}

async function load(dir: string, scratch: string): Promise<void> {
  const options = await landing(dir, scratch);
  await loadSources(options, silentReporter);
  await options.engine.run("checkpoint");
  options.engine.close();
}

async function landing(dir: string, scratch: string): Promise<LandingOptions> {
  return {
    engine: await openDuckDb(join(scratch, "bench.duckdb"), {memoryLimit: MEMORY_LIMIT}),
    workspace: {
      name: "bench",
      dir,
      file: "",
      text: "",
      decisions: [],
      config: parseWorkspace(READING_WORKSPACE)
    },
    filesDir: dir,
    landingDir: join(scratch, "landing"),
    hashes: new HashMemory(join(scratch, "hashes.json")),
    readerHash: "bench"
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
