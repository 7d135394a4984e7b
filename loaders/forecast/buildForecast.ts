/** Warehouse to published forecast: the backtest (kept between builds), then a JSON file beside the warehouse that pages read. */
import {existsSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import type {ForecastData} from "../../src/slices/forecast.ts";
import type {Engine} from "../engine/engine.ts";
import {hashFolders, hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {askInProcesses} from "./backtest/askInProcesses.ts";
import type {ForecastRow} from "./backtest/forecastRow.ts";
import {BACKTEST_DEFAULTS, type BacktestOptions, originDays, runBacktest} from "./backtest/runBacktest.ts";
import type {Measure} from "./bookings/bookingsForecaster.ts";
import {BACKTEST_CODE, FORECAST_CODE} from "./codeBehind.ts";
import {filledLate} from "./deals/filledLate.ts";
import {openModelStore} from "./deals/modelStore.ts";
import {dayOf, fiscalPeriod, isoOf} from "./history/calendar.ts";
import type {ReadHistory} from "./history/readHistory.ts";
import {readWholeHistory, withWarehouse} from "./history/wholeHistory.ts";
import {modelDays} from "./publish/modelDays.ts";
import type {EarlierBuild} from "./publish/moves.ts";
import {type Published, publishAll} from "./publish/publishAll.ts";

/** Deals closed so lately may be named by pages: in the quarter before. */
const NAMED_DAYS = 130;

/** A build fits the deal model anew once a quarter; `weir backtest` every four weeks. */
const BUILD_OPTIONS: BacktestOptions = {...BACKTEST_DEFAULTS, refitDays: 91};

/** The forecast's file of a warehouse; the others lie beside it. */
export function forecastFile(warehouse: string): string {
  return join(dirname(warehouse), "forecast.json");
}

/** The folder of a warehouse's fitted deal models. */
export function modelFolder(warehouse: string): string {
  return join(dirname(warehouse), "models");
}

/** Reads a part of what the build published. @throws when there is none */
export function readPublished<Part extends keyof Published>(warehouse: string, part: Part): Published[Part] {
  return JSON.parse(readFileSync(join(dirname(warehouse), `${part}.json`), "utf8")) as Published[Part];
}

/** Reads the forecast that the build published. @throws when there is none */
export function readForecast(warehouse: string): ForecastData {
  return readPublished(warehouse, "forecast");
}

export {readWholeHistory};

export interface WarehouseBacktest extends ReadHistory {
  rows: ForecastRow[];
}

export interface BuildForecastOptions {
  warehouse: string;
  /** Of the warehouse: another one begins anew. */
  inputHash: string;
  reporter: Reporter;
  /** Ends what is at work in processes of its own. */
  signal?: AbortSignal;
}

/** Runs (or goes on with, or finds done) the backtest of a warehouse. */
export async function backtestWarehouse(
  given: BuildForecastOptions & {measure?: Measure},
  options: BacktestOptions = BUILD_OPTIONS
): Promise<WarehouseBacktest> {
  return (await startBacktest(given, options)).finished;
}

/**
 * The same; processes of its own are at work when this returns.
 * @param models the folder for the deal models that pages will ask for, which are fitted by the way
 */
async function startBacktest(
  {warehouse, inputHash, reporter, signal, measure = "amount"}: BuildForecastOptions & {measure?: Measure},
  options: BacktestOptions,
  models?: string
): Promise<{finished: Promise<WarehouseBacktest>}> {
  const read = await withWarehouse(warehouse, readWholeHistory);
  const chosen = {...options, measure};
  const key = hashText(inputHash, hashFolders(PROJECT, BACKTEST_CODE), JSON.stringify(chosen));
  const path = join(dirname(warehouse), "backtest", `${measure}-${options.refitDays}.jsonl`);
  const days = originDays(read.history, chosen);
  const wanted = models ? {folder: models, days: modelDays(read.history, days)} : undefined;
  if (!existsSync(path))
    reporter.note(
      `   every method is asked on ${days.length} past days, the longest part of a first build; answers are kept for the next`
    );
  let step: ReturnType<Reporter["start"]> | undefined;
  const asked = askInProcesses(
    read.history,
    {warehouse, path, key, options: chosen, days, ...(wanted ? {models: wanted} : {})},
    {
      onBegin(n) {
        step = reporter.start("forecast", n);
      },
      onDay: (day) => step?.tick(`asked ${isoOf(day)}`),
      onModel: (day) => step?.tick(`fitted ${isoOf(day)}`),
      ...(signal ? {signal} : {})
    }
  );
  const finish = async () => {
    const rows = runBacktest(read.history, chosen, {done: await asked});
    step?.done(`asked on ${days.length} past days, ${rows.length} forecasts`);
    return {...read, rows};
  };
  const finished = finish();
  // Seen where it is awaited, however late.
  finished.catch(() => {});
  return {finished};
}

/** A forecast that is being made. */
export interface ForecastUnderWay {
  /** Its past has been asked; what is left is one process's work. */
  asked: Promise<unknown>;
  /** Publishes it. @throws as its askings do */
  publish(): Promise<void>;
}

/** Makes the forecast of a warehouse; one made from the same warehouse by the same code is left as it is. */
export async function buildForecast(options: BuildForecastOptions): Promise<void> {
  await (await startForecast(options)).publish();
}

/** The same; processes of its own are at work on it when this returns. */
export async function startForecast(options: BuildForecastOptions): Promise<ForecastUnderWay> {
  const {warehouse, inputHash, reporter} = options;
  const file = forecastFile(warehouse);
  const key = hashText(inputHash, hashFolders(PROJECT, FORECAST_CODE));
  if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as {key?: string}).key === key)
    return {asked: Promise.resolve(), async publish() {}};
  const {finished} = await startBacktest(options, BUILD_OPTIONS, modelFolder(warehouse));
  return {
    asked: finished,
    async publish() {
      replaceAll(file, key, await published(warehouse, await finished, reporter));
    }
  };
}

async function published(
  warehouse: string,
  {history, withheld, nUndated, rows}: WarehouseBacktest,
  reporter: Reporter
): Promise<Published> {
  const facts = await withWarehouse(warehouse, (engine) => readPublishFacts(engine, history.firstMonth));
  const models = openModelStore(modelFolder(warehouse));
  let step: ReturnType<Reporter["start"]> | undefined;
  const all = publishAll(
    {
      history,
      rows,
      withheld: [...withheld, ...[...filledLate(history)].map((name) => history.attributes[name]!.label)],
      nUndated,
      seed: BACKTEST_DEFAULTS.seed,
      ...facts
    },
    earlierBuilds(warehouse),
    models.fitted,
    (n) => {
      step = reporter.start("forecast pages", n);
      return (day) => step?.tick(`asked ${isoOf(day)}`);
    }
  );
  models.prune();
  const {read, fitted} = models.counts();
  step?.done(`${read} deal models read${fitted > 0 ? `, ${fitted} fitted` : ""}`);
  return all;
}

function replaceAll(file: string, key: string, {forecast, ...others}: Published): void {
  // The forecast last: its key says that all of them are there.
  for (const [name, data] of Object.entries(others)) replace(join(dirname(file), `${name}.json`), data);
  replace(file, {key, ...forecast});
}

/** What the last build said of its two quarters, and what it was compared with; empty before the first. */
function earlierBuilds(warehouse: string): EarlierBuild[] {
  return (["forecast_moves", "forecast_moves_next"] as const).flatMap((name) => {
    if (!existsSync(join(dirname(warehouse), `${name}.json`))) return [];
    const {quarter, levels, published} = readPublished(warehouse, name);
    if (!quarter) return [];
    return [levels.at(-1), published].flatMap((level) => (level ? [{to: quarter.to, level}] : []));
  });
}

function replace(file: string, data: object): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(data));
  renameSync(temporary, file);
}

/** What publishing needs beside the history: currency, names of deals and quarters, quotas. */
export async function readPublishFacts(engine: Engine, firstMonth: number) {
  const [run] = await engine.rows<{currency: string}>("select base_currency as currency from workspace.run");
  const labels = await engine.rows<{day: string; label: string}>(
    "select distinct quarter_starts_on::varchar as day, quarter_label as label from workspace.fiscal_month"
  );
  // As in a scenario (src/scenario/outlook/target.ts): quotas are a quarter's target where each of its months has one.
  const quotas = await engine.rows<{day: string; amount: number}>(
    `select quarter_starts_on::varchar as day, sum(quota_amount)::double as amount from marts.quotas
     where quarter_starts_on is not null group by 1 having count(distinct month_on) = 3`
  );
  const names = await engine.rows<{deal_id: string; deal_name: string; amount: number | null}>(
    `select deal_id, deal_name, case when outcome = 'open' then amount_base end::double as amount from marts.deals as deal cross join workspace.run
     where deal.outcome = 'open' or date_diff('day', deal.closed_on, run.as_of) <= ${NAMED_DAYS}`
  );
  const named = new Map(labels.map(({day, label}) => [dayOf(day), label]));
  return {
    currency: run!.currency,
    quarterLabel: (firstDay: number) => named.get(firstDay) ?? quarterName(firstDay, named, firstMonth),
    quotas: new Map(quotas.map(({day, amount}) => [dayOf(day), amount])),
    dealNames: new Map(names.map(({deal_id, deal_name}) => [deal_id, deal_name])),
    amounts: new Map(names.flatMap(({deal_id, amount}) => (amount === null ? [] : [[deal_id, amount]])))
  };
}

/** The name of a quarter after those the workspace lists, counted on from the last one: "2026 Q4" to "2027 Q1". */
function quarterName(firstDay: number, labels: ReadonlyMap<number, string>, firstMonth: number): string {
  const last = Math.max(...labels.keys());
  const [, year, number] = /^(.*?)(\d)$/.exec(labels.get(last) ?? "") ?? [];
  if (!year || !number || firstDay < last)
    return `quarter from ${new Date(firstDay * 86_400_000).toISOString().slice(0, 10)}`;
  let ahead = 0;
  while (ahead < 40 && fiscalPeriod(last, "quarter", firstMonth, ahead).from < firstDay) ahead++;
  const at = Number(number) - 1 + ahead;
  const named = year.replace(/\d+/, (digits) => String(Number(digits) + Math.floor(at / 4)));
  return `${named}${(at % 4) + 1}`;
}
