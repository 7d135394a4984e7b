/**
 * Bookings of firms with a short past, on the twins: `npx tsx bench/youngFirms.ts [deals] [seeds]`. A young firm is a twin of
 * which only the deals that closed after some day (or are open) are known, with and without stages and stated close dates.
 * Weekly windows one to four weeks ahead and months one to three ahead, asked as the accuracy protocol asks Maven. What the
 * shown forecast's rules start from was decided on these figures, not on the protocol's.
 */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {openDuckDb} from "../loaders/engine/duckdb.ts";
import {COMBINATION, combine, SHOWN} from "../loaders/forecast/backtest/combine.ts";
import type {ForecastRow} from "../loaders/forecast/backtest/forecastRow.ts";
import {fiscalPeriod} from "../loaders/forecast/history/calendar.ts";
import type {PipelineHistory} from "../loaders/forecast/history/pipelineHistory.ts";
import {readHistory} from "../loaders/forecast/history/readHistory.ts";
import {silentReporter} from "../loaders/system/progress.ts";
import {writeTwin} from "../loaders/twins/writeTwin.ts";
import {buildWarehouse} from "../loaders/warehouse/buildWarehouse.ts";
import {loadWorkspace} from "../loaders/workspace/loadWorkspace.ts";
import {statePaths} from "../loaders/workspace/statePaths.ts";
import {type Scored, scoreBookings} from "./accuracy/bookingsMetrics.ts";
import {askWindows, onlyOutcomes, youngFirm} from "./accuracy/youngFirm.ts";

const {values: args, positionals} = parseArgs({options: {keep: {type: "string"}}, allowPositionals: true});
const [deals = 10_000, seeds = 2] = positionals.map(Number);
const SHOWN_METHODS = [
  SHOWN,
  COMBINATION,
  "same days last quarter",
  "run rate",
  "deal by deal",
  "exponential smoothing"
];
const YOUNG_DAYS = 310;

const found = new Map<string, Scored[]>();
for (const firm of ["software", "equipment"] as const)
  for (let seed = 1; seed <= seeds; seed++) {
    const history = () => twinHistory(firm, seed);
    for (const [part, end] of [
      ["later", 0],
      ["earlier", 364]
    ] as const)
      for (const plain of [false, true])
        for (const steps of ["week", "month"] as const)
          for (const measure of ["amount", "wins"] as const) {
            const rows = await kept(`${firm}-${seed}-${part}-${plain}-${steps}-${measure}`, async () => {
              const whole = await history();
              const young = youngFirm(whole, whole.asOf - end - YOUNG_DAYS, whole.asOf - end);
              return askWindows(plain ? onlyOutcomes(young) : young, {
                windows: windowsOf(whole, whole.asOf - end, steps),
                horizon: steps === "week" ? 4 : 3,
                first: steps === "week" ? 6 : 2,
                measure
              });
            });
            const first = steps === "week" ? 15 : 3;
            const origins = [...new Set(rows.map(({origin}) => origin))].sort((a, b) => a - b);
            const from = origins[first - (steps === "week" ? 6 : 2)] ?? 0;
            for (const row of combine(rows))
              if (row.origin >= from && row.actual !== null && SHOWN_METHODS.includes(row.method)) {
                const key = `${firm} ${plain ? "outcomes only" : "stages, dates"} ${steps} ${measure}|${row.method}`;
                const scored = {...row, kind: `${seed} ${part} ${row.kind}`} as Scored;
                found.set(key, [...(found.get(key) ?? []), scored]);
              }
          }
  }
const total = new Map<string, number[]>();
for (const [key, rows] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const {n, wape, crps, bias, coverage80, coverage95} = scoreBookings(rows);
  const [task, method] = key.split("|");
  console.log(
    [
      task!.padEnd(42),
      method!.padEnd(24),
      n,
      ...[wape, bias, crps, coverage80, coverage95].map((x) => x.toFixed(3))
    ].join(" ")
  );
  const sums = total.get(method!) ?? [];
  total.set(method!, [...sums, Math.log(crps)]);
}
for (const [method, logs] of total)
  console.log(
    `${method.padEnd(24)} geometric mean CRPS ${Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length).toFixed(4)}`
  );

function windowsOf(history: PipelineHistory, end: number, steps: "week" | "month") {
  const windows: {from: number; to: number}[] = [];
  if (steps === "week")
    for (let to = end; to - 6 > end - YOUNG_DAYS; to -= 7) windows.unshift({from: to - 6, to});
  else
    for (let back = 1; back <= 10; back++) {
      const {from, to} = fiscalPeriod(end + 1, "month", history.firstMonth, -back);
      if (from > end - YOUNG_DAYS && to <= end) windows.unshift({from, to});
    }
  return windows;
}

/** Answers kept in a folder between runs, as JSON. */
async function kept(name: string, make: () => Promise<ForecastRow[]>): Promise<ForecastRow[]> {
  const file = args.keep ? join(args.keep, `${name}.json`) : null;
  if (file && existsSync(file))
    return (JSON.parse(readFileSync(file, "utf8")) as ForecastRow[]).map((row) => ({
      ...row,
      quantiles: row.quantiles ? Float64Array.from(row.quantiles as unknown as number[]) : null
    }));
  process.stderr.write(`${name}\n`);
  const rows = await make();
  if (file) {
    mkdirSync(args.keep!, {recursive: true});
    writeFileSync(
      file,
      JSON.stringify(rows.map((row) => ({...row, quantiles: row.quantiles ? [...row.quantiles] : null})))
    );
  }
  return rows;
}

/** The last one asked for is kept in memory. */
async function twinHistory(firm: "software" | "equipment", seed: number): Promise<PipelineHistory> {
  const key = `${firm} ${seed}`;
  if (twinHistory.last?.key === key) return twinHistory.last.history;
  const root = mkdtempSync(join(tmpdir(), "weir-young-"));
  try {
    const dir = join(root, "twin");
    await writeTwin({firm, deals, seed, out: dir});
    const paths = statePaths({name: "twin"}, join(root, "state"));
    const builtAt = "2026-11-01T00:00:00.000Z";
    const workspace = loadWorkspace(dir);
    await buildWarehouse({workspace, paths, filesDir: dir, reporter: silentReporter, builtAt});
    const engine = await openDuckDb(paths.warehouse, {readOnly: true});
    try {
      const {history} = await readHistory(engine, 1);
      twinHistory.last = {key, history};
      return history;
    } finally {
      engine.close();
    }
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}
twinHistory.last = null as {key: string; history: PipelineHistory} | null;
