/**
 * What the forecast costs at scale, in seconds of CPU and peak memory, on a seeded history made in memory (no warehouse is built
 * or read):
 * `npx tsx bench/forecastScale.ts now [deals]` fits everything and projects every open deal (1,000,000 by default);
 * `npx tsx bench/forecastScale.ts backtest [deals] [origins] [refit days]` asks every method on as many weekly origins in two
 * processes, combines and scores (50,000, 100 and 28 by default).
 */
import {spawn} from "node:child_process";
import {loadavg} from "node:os";
import {text} from "node:stream/consumers";
import {fileURLToPath} from "node:url";
import type {ForecastRow} from "../loaders/forecast/backtest/forecastRow.ts";
import {
  allForecasters,
  askOn,
  BACKTEST_DEFAULTS,
  fitDay,
  originDays,
  runBacktest
} from "../loaders/forecast/backtest/runBacktest.ts";
import {scoreRows} from "../loaders/forecast/backtest/score.ts";
import {observedFrom} from "../loaders/forecast/bookings/dailyWon.ts";
import {fitDealModel, project} from "../loaders/forecast/deals/projectDeals.ts";
import {fitSlips} from "../loaders/forecast/deals/slip.ts";
import {
  closings,
  LOST,
  OPEN,
  type PipelineHistory,
  WON
} from "../loaders/forecast/history/pipelineHistory.ts";
import {WEEKS} from "../loaders/forecast/publish/askDeals.ts";
import {dealScores} from "../loaders/forecast/publish/dealScores.ts";
import {largePipeline} from "./largePipeline.ts";

const PROCESSES = 2;
const [what = "now", ...numbers] = process.argv.slice(2);
const print = (line: string) => process.stdout.write(`${line}\n`);
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);

if (what === "now") now(numbers.map(Number));
else if (what === "backtest") await backtest(numbers.map(Number));
else if (what === "share") share(numbers.map(Number));
else throw new Error(`now or backtest, not ${what}`);

/** Seconds of CPU of a call, said as it ends, and what it gave. */
function timed<T>(label: string, call: () => T): T {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = call();
  const {user, system} = process.cpuUsage(before);
  const wall = (performance.now() - start) / 1000;
  print(
    `${label.padEnd(58)} ${((user + system) / 1e6).toFixed(1).padStart(7)} s CPU ${wall.toFixed(1).padStart(7)} s, peak ${peak()} MB`
  );
  return result;
}

function about(history: PipelineHistory): string {
  const {outcome} = closings(history);
  const count = (kind: number) => outcome.reduce((n, each) => n + (each === kind ? 1 : 0), 0);
  return `${history.nDeals} deals, ${count(OPEN)} open, ${count(WON)} won, ${count(LOST)} lost, ${history.from.length} states`;
}

/** Everything that is fitted on the last day, and every projection of it. */
function now([nDeals = 1_000_000]: number[]): void {
  const history = timed("history made", () => largePipeline(nDeals));
  print(about(history));
  const before = process.cpuUsage();
  const start = performance.now();
  const model = timed("outcomes and amounts fitted", () => fitDealModel(history));
  if (!model) throw new Error("nothing could be fitted");
  timed("slip of dates fitted", () => fitSlips(history));
  const projection = timed(`open deals and new business projected, ${WEEKS} weeks`, () =>
    project(history, model, WEEKS)
  );
  timed("open deals scored and explained", () =>
    dealScores({day: history.asOf, known: history, model, projection}, new Map(), new Map())
  );
  const rows = timed("every method asked for five windows (deal model again)", () =>
    askOn(history, history.asOf, allForecasters(0), BACKTEST_DEFAULTS)
  );
  const {user, system} = process.cpuUsage(before);
  print(
    `all: ${((user + system) / 1e6).toFixed(1)} s CPU, ${((performance.now() - start) / 1000).toFixed(1)} s on the clock, ` +
      `${rows.length} forecasts, peak ${peak()} MB, load ${loadavg()[0]!.toFixed(1)}`
  );
}

/** Days of asking: the last so many weeks. */
function weekly(history: PipelineHistory, origins: number, refitDays: number) {
  const warmUpDays = history.asOf - observedFrom(history) - 7 * (origins - 1);
  const options = {...BACKTEST_DEFAULTS, refitDays, warmUpDays};
  return {options, days: originDays(history, options)};
}

/** A process's part of the askings, split by fits of the deal model as a build splits them; its rows to the output. */
function share([nDeals, origins, refitDays, part]: number[]): void {
  const history = largePipeline(nDeals!);
  const {options, days} = weekly(history, origins!, refitDays!);
  const fitOf = (day: number) => fitDay(day, refitDays!, days[0]!);
  const fits = [...new Set(days.map(fitOf))];
  const forecasters = allForecasters(refitDays!, days[0]);
  const rows = days
    .filter((day) => fits.indexOf(fitOf(day)) % PROCESSES === part)
    .flatMap((day) => askOn(history, day, forecasters, options));
  const {user, system} = process.cpuUsage();
  process.stdout.write(
    JSON.stringify({
      cpu: (user + system) / 1e6,
      peak: peak(),
      rows: rows.map((row) => ({...row, quantiles: row.quantiles && [...row.quantiles]}))
    })
  );
}

async function backtest([nDeals = 50_000, origins = 100, refitDays = 28]: number[]): Promise<void> {
  const start = performance.now();
  const parts = await Promise.all(
    Array.from({length: PROCESSES}, async (_, part) => {
      const told = ["share", nDeals, origins, refitDays, part].map(String);
      const child = spawn(
        process.execPath,
        ["--import", "tsx/esm", fileURLToPath(import.meta.url), ...told],
        {stdio: ["ignore", "pipe", "inherit"]}
      );
      return JSON.parse(await text(child.stdout)) as {cpu: number; peak: number; rows: StoredRow[]};
    })
  );
  const history = largePipeline(nDeals);
  print(about(history));
  const {options, days} = weekly(history, origins, refitDays);
  const done = new Map<number, ForecastRow[]>(days.map((day) => [day, []]));
  for (const {rows} of parts)
    for (const row of rows)
      done.get(row.origin)!.push({...row, quantiles: row.quantiles && Float64Array.from(row.quantiles)});
  const rows = timed("combined", () => runBacktest(history, options, {done}));
  const scores = timed("scored", () => scoreRows(rows, options.seed));
  const {user, system} = process.cpuUsage();
  const cpu = parts.reduce((sum, each) => sum + each.cpu, (user + system) / 1e6);
  const asking = parts.map((each) => `${each.cpu.toFixed(1)} s CPU, peak ${each.peak} MB`).join("; ");
  print(`${days.length} weekly origins, the deal model fitted anew every ${refitDays} days: ${asking}`);
  print(
    `all: ${cpu.toFixed(1)} s CPU, ${((performance.now() - start) / 1000).toFixed(1)} s on the clock in ${PROCESSES} processes, ` +
      `${rows.length} forecasts, ${scores.length} scores, load ${loadavg()[0]!.toFixed(1)}`
  );
}

type StoredRow = Omit<ForecastRow, "quantiles"> & {quantiles: number[] | null};
