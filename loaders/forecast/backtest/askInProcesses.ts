/** The askings of a backtest on two cores: processes of their own take turns by fits of the deal model and store what they find. What else is to be fitted they fit then. */

import {spawn} from "node:child_process";
import {existsSync, rmSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import type {PipelineHistory} from "../history/pipelineHistory.ts";
import type {ForecastRow} from "./forecastRow.ts";
import {openRowStore} from "./rowStore.ts";
import {allForecasters, askOn, type BacktestOptions, fitDay} from "./runBacktest.ts";

export interface Askings {
  warehouse: string;
  /** Where found rows are stored, and for which data, code and options. */
  path: string;
  key: string;
  options: BacktestOptions;
  /** All days of asking, oldest first. */
  days: readonly number[];
  /** Days whose deal models are wanted in a folder too; fitted there where processes are at work, and left out where none is. */
  models?: {folder: string; days: readonly number[]};
}

/** What a process is told. */
export interface Share extends Askings {
  /** The days of `days` that are its own. */
  own: readonly number[];
}

/** What is heard of the work, and what ends it. */
export interface AskingEars {
  /** Called first, with the number of days and models that will be heard of. */
  onBegin?: (n: number) => void;
  /** Called for each day, those found stored first. */
  onDay: (day: number) => void;
  /** Called for each model that is there. */
  onModel?: (day: number) => void;
  /** Ends all processes: nobody wants the answers any more. */
  signal?: AbortSignal;
}

const PROCESSES = 2;
/** Below so many deals times days a process of its own costs more than it saves. */
const LEAST_WORK = 150_000;
const ASK_DAYS = fileURLToPath(new URL("./askDays.ts", import.meta.url));

/**
 * Asks on every day that is not stored yet, and stores it: what a stopped run has found is not asked again.
 * @param leastWork deals times days from which processes are worth their start
 * @returns the raw rows of every day
 * @throws {Error} with a process's last words when one fails; what it had found is kept
 */
export async function askInProcesses(
  history: PipelineHistory,
  askings: Askings,
  {onBegin = () => {}, onDay, onModel = () => {}, signal}: AskingEars,
  leastWork = LEAST_WORK
): Promise<ReadonlyMap<number, ForecastRow[]>> {
  const {path, key, days, options} = askings;
  const anchor = days[0]!;
  const store = openRowStore(path, key);
  const found = new Map(store.done);
  const take = (rows: ReadonlyMap<number, ForecastRow[]>) => {
    for (const [day, list] of rows) {
      if (found.has(day)) continue;
      store.add(day, list);
      found.set(day, list);
    }
  };
  const takeParts = () => {
    for (let part = 0; part < PROCESSES; part++) {
      const file = partOf(path, part);
      if (!existsSync(file)) continue;
      take(openRowStore(file, key).done);
      rmSync(file);
    }
  };
  takeParts();
  const left = days.filter((day) => !found.has(day));
  const shares = left.length * history.nDeals < leastWork ? [] : sharesOf(askings, left);
  onBegin(days.length + shares.reduce((n, {models}) => n + (models?.days.length ?? 0), 0));
  for (const day of days) if (found.has(day)) onDay(day);
  if (shares.length === 0) {
    const forecasters = allForecasters(options.refitDays, anchor);
    for (const day of left) {
      take(new Map([[day, askOn(history, day, forecasters, options)]]));
      onDay(day);
    }
    return found;
  }
  const stop = new AbortController();
  signal?.addEventListener("abort", () => stop.abort(), {once: true});
  const asked = shares.map((share) => askApart(share, {onDay, onModel}, stop.signal));
  try {
    await Promise.all(asked);
  } finally {
    // When one fails nobody waits for the others' days: those found are stored.
    stop.abort();
    await Promise.allSettled(asked);
    takeParts();
  }
  return found;
}

/**
 * What each process is told: days by turns of the fits they ask for, and the wanted models by turns.
 * @param left days that are not stored yet
 * @returns none without days, one where all days ask for one fit
 */
export function sharesOf(askings: Askings, left: readonly number[]): Share[] {
  const {path, days, options, models} = askings;
  const fitOf = (day: number) => fitDay(day, options.refitDays, days[0]!);
  const fits = [...new Set(left.map(fitOf))];
  const nShares = Math.min(PROCESSES, fits.length);
  return Array.from({length: nShares}, (_, part) => ({
    ...askings,
    path: partOf(path, part),
    ...(models ? {models: {...models, days: models.days.filter((_, i) => i % nShares === part)}} : {}),
    own: left.filter((day) => fits.indexOf(fitOf(day)) % nShares === part)
  }));
}

/** Where a process stores what it finds. */
function partOf(path: string, part: number): string {
  return path.replace(/(\.jsonl)?$/, `.part-${part}.jsonl`);
}

/** Runs a share in a process of its own, until `stop`; it names each day that is stored, and each model, on a line of its output. */
async function askApart(
  share: Share,
  {onDay, onModel}: Required<Pick<AskingEars, "onDay" | "onModel">>,
  stop: AbortSignal
): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx/esm", ASK_DAYS], {
    cwd: join(ASK_DAYS, "..", "..", "..", ".."),
    stdio: ["pipe", "pipe", "pipe"]
  });
  const errors: string[] = [];
  createInterface({input: child.stdout}).on("line", (line) => {
    const [what, day] = line.split(" ");
    (what === "model" ? onModel : onDay)(Number(day));
  });
  createInterface({input: child.stderr}).on("line", (line) => errors.push(line));
  child.stdin.on("error", () => {});
  stop.addEventListener("abort", () => child.kill());
  child.stdin.end(JSON.stringify(share));
  const end = await new Promise<number | string>((resolve, reject) =>
    child.on("error", reject).on("close", (code, signal) => resolve(code ?? signal ?? "no exit code"))
  );
  if (end !== 0)
    throw new Error(`a process of the backtest failed (${end})\n${errors.slice(-20).join("\n")}`);
}
