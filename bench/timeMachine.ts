/**
 * What the time machine costs: completed events, intervals and the daily pipeline over made-up deals and ten times as many
 * events, as ratios to a count(*) over the same events in the same run.
 *
 *   node --import tsx/esm bench/timeMachine.ts [--deals 1000000] [--memory 2GB] [--dir DIR] [--keep]
 */
import {spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import type {Engine} from "../loaders/engine/engine.ts";
import {createSourceTables} from "../loaders/sources/sourceTables.ts";
import {type Model, modelOrder, readModels} from "../loaders/warehouse/readModels.ts";
import {renderModel} from "../loaders/warehouse/runModels.ts";
import {createWorkspaceTables} from "../loaders/warehouse/workspaceTables.ts";
import {parseWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {generateEvents, WORKSPACE} from "./timeMachineData.ts";

const {values: args} = parseArgs({
  options: {
    deals: {type: "string", default: "100000"},
    memory: {type: "string"},
    dir: {type: "string"},
    keep: {type: "boolean", default: false},
    generate: {type: "boolean", default: false}
  }
});

const dir = args.dir ?? mkdtempSync(join(tmpdir(), "weir-bench-"));
mkdirSync(dir, {recursive: true});
if (args.generate) await generateEvents(dir, Number(args.deals));
else {
  // Made in a process of its own, so that its memory is not counted.
  const self = fileURLToPath(import.meta.url);
  const made = spawnSync(
    process.execPath,
    ["--import", "tsx/esm", self, "--generate", "--dir", dir, "--deals", args.deals],
    {stdio: "inherit"}
  );
  if (made.status !== 0) process.exit(made.status ?? 1);
  try {
    await measure(dir);
  } finally {
    if (!args.keep) rmSync(dir, {recursive: true, force: true});
  }
}

interface Cost {
  cpu: number;
  wall: number;
}

async function measure(folder: string): Promise<void> {
  const config = parseWorkspace(WORKSPACE);
  const file = join(folder, "warehouse.duckdb");
  rmSync(file, {force: true});
  const engine = await openDuckDb(file, args.memory ? {memoryLimit: args.memory} : {});
  const counts = {
    csv: await cost(() =>
      engine.run(
        `select count(*) from read_csv('${folder}/events.csv', header = true, auto_detect = false,
         columns = {deal_id: 'varchar', happened_at: 'varchar', field: 'varchar', old: 'varchar', new: 'varchar'})`
      )
    ),
    parquet: await cost(() => engine.run(`select count(*), max(new_value) from '${folder}/events.parquet'`))
  };
  await createSourceTables(engine, config);
  const load = await cost(async () => {
    for (const [table, name] of [
      ["deal", "deal"],
      ["deal_event", "events"],
      ["fx_rate", "fx_rate"]
    ])
      await engine.run(`insert into source.${table} by name select * from '${folder}/${name}.parquet'`);
  });
  await createWorkspaceTables(engine, {
    config,
    decisions: [],
    file: "bench",
    dir: folder,
    name: "bench",
    text: WORKSPACE
  });
  const models = upstreamOf(["int_deal_interval", "daily_pipeline"]);
  const layerOf = new Map(readModels().map((model) => [model.name, model.layer]));
  for (const layer of new Set(models.map(({layer}) => layer))) await engine.run(`create schema ${layer}`);
  const costs = new Map<string, Cost>();
  const peaks: string[] = [`${peakMb()} MB loaded`];
  for (const model of models) {
    const sql = `create ${model.kind} ${model.layer}.${model.name} as ${renderModel(model, layerOf, config)}`;
    costs.set(model.name, await cost(() => engine.run(sql)));
    if (["int_deal_change", "int_deal_span"].includes(model.name))
      peaks.push(`${peakMb()} MB after ${model.name}`);
  }
  report(await sizes(engine), counts, load, costs);
  console.log(`peak memory so far: ${[...peaks, `${peakMb()} MB at the end`].join(", ")}`);
  engine.close();
}

async function sizes(engine: Engine): Promise<Record<string, unknown>> {
  const [row] = await engine.rows(`select (select count(*)::integer from source.deal) as deals,
    (select count(*)::integer from source.deal_event) as events,
    (select count(*)::integer from intermediate.int_deal_interval) as intervals,
    (select count(distinct day_on)::integer from marts.daily_pipeline) as days,
    (select count(*)::integer from marts.daily_pipeline) as daily_rows`);
  return row!;
}

function report(
  rows: Record<string, unknown>,
  counts: {csv: Cost; parquet: Cost},
  load: Cost,
  costs: ReadonlyMap<string, Cost>
): void {
  console.log(JSON.stringify(rows));
  const base = counts.csv.cpu;
  const line = (name: string, {cpu, wall}: Cost) => {
    const ratio = `${(cpu / base).toFixed(2).padStart(7)} x count(*) of the CSV`;
    console.log(
      `${name.padEnd(32)} ${cpu.toFixed(2).padStart(7)} CPU s ${wall.toFixed(2).padStart(7)} s ${ratio}`
    );
  };
  const total = (names: readonly string[]) =>
    names
      .map((name) => costs.get(name)!)
      .reduce((sum, {cpu, wall}) => ({cpu: sum.cpu + cpu, wall: sum.wall + wall}), {cpu: 0, wall: 0});
  const last = ["int_deal_span", "int_open_delta", "daily_pipeline"];
  line("count(*) of the events, CSV", counts.csv);
  line("scan of the events, Parquet", counts.parquet);
  line("load into source tables", load);
  for (const [name, each] of costs) if (each.cpu > base / 20) line(`  ${name}`, each);
  line("typed and completed events", total([...costs.keys()].filter((name) => !last.includes(name))));
  line("intervals", total(last.slice(0, 1)));
  line("daily pipeline by deltas", total(last.slice(1)));
  line("all of it", total([...costs.keys()]));
}

/** The models that these need, in order, themselves included. */
function upstreamOf(names: readonly string[]): Model[] {
  const byName = new Map(readModels().map((model) => [model.name, model]));
  const wanted = new Set<string>();
  const want = (name: string) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    byName.get(name)!.refs.forEach(want);
  };
  names.forEach(want);
  return modelOrder([...wanted].map((name) => byName.get(name)!));
}

async function cost(work: () => Promise<void>): Promise<Cost> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await work();
  const {user, system} = process.cpuUsage(cpu);
  return {cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1000};
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
