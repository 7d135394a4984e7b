import {cpSync, readdirSync} from "node:fs";
import {dirname, join} from "node:path";
import {type ForecastUnderWay, startForecast} from "../forecast/buildForecast.ts";
import {buildPlanning} from "../planning/buildPlanning.ts";
import {buildScenario} from "../scenario/buildScenario.ts";
import {behind, type Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {StatePaths} from "../workspace/statePaths.ts";

interface Forecast {
  paths: StatePaths;
  manifest: Manifest;
}

/** Of larger firms only one is worked out at a time: two histories and their models would lie in memory together. */
const MOST_BESIDE = 100_000;

/**
 * Works out what the pages tell of what is to come; it lies beside the warehouse, and is found again while that is of the same inputs.
 * @param forecast the firm's, where it is under way already
 */
export async function lookAhead(
  part: Forecast,
  reporter: Reporter,
  forecast?: ForecastUnderWay
): Promise<void> {
  const built = about(part, reporter);
  await (forecast ?? (await startForecast(built))).publish();
  await buildScenario({...built, scenarios: part.paths.scenarios});
  await buildPlanning(built);
}

/**
 * The same for several firms, one after the other; the next one's past is asked, by processes of its own, while this one's is published.
 * @param onDone called when a firm's is there; waited for
 */
export async function lookAheadInTurn<Part extends Forecast>(
  parts: readonly Part[],
  reporter: Reporter,
  onDone: (part: Part) => Promise<void>
): Promise<void> {
  const ended = new AbortController();
  const start = async (part: Part) => {
    const own = behind(reporter);
    return {...own, ...(await startForecast({...about(part, own.reporter), signal: ended.signal}))};
  };
  try {
    let ahead: Awaited<ReturnType<typeof start>> | undefined;
    for (const [index, part] of parts.entries()) {
      const now = ahead ?? (await start(part));
      now.show();
      await now.asked;
      const next = parts[index + 1];
      const isBeside = next && Math.max(nDeals(part), nDeals(next)) <= MOST_BESIDE;
      ahead = isBeside ? await start(next) : undefined;
      await lookAhead(part, reporter, now);
      await onDone(part);
    }
  } finally {
    ended.abort();
  }
}

function about({paths, manifest}: Forecast, reporter: Reporter) {
  return {warehouse: paths.warehouse, inputHash: manifest.input_hash, reporter};
}

function nDeals({manifest}: Forecast): number {
  return manifest.row_counts["marts.deals"] ?? 0;
}

/** Of several warehouses of the same inputs the one whose forecasts are made or under way, by the hash of these inputs; `made` is false where that failed. */
export type KnownForecasts = Map<string, {warehouse: string; made: Promise<boolean>}>;

/**
 * The same, once for all warehouses of the same inputs: the others get copies, which are looked at like any that are there. Where it failed the
 * next one tries for itself: what stood in its way (memory, a disk) may have passed.
 */
export async function lookAheadOnce(
  known: KnownForecasts,
  part: Forecast,
  reporter: Reporter
): Promise<void> {
  const {input_hash} = part.manifest;
  const {warehouse} = part.paths;
  for (let first = known.get(input_hash); first; first = known.get(input_hash)) {
    if (!(await first.made)) continue;
    copyForecasts(dirname(first.warehouse), dirname(warehouse));
    return lookAhead(part, reporter);
  }
  const work = lookAhead(part, reporter);
  const made = work.then(
    () => true,
    () => {
      known.delete(input_hash);
      return false;
    }
  );
  known.set(input_hash, {warehouse, made});
  await work;
}

function copyForecasts(from: string, to: string): void {
  for (const entry of readdirSync(from, {withFileTypes: true})) {
    const isOf = entry.isDirectory()
      ? ["backtest", "models"].includes(entry.name)
      : entry.name.endsWith(".json") && entry.name !== "manifest.json";
    if (isOf) cpSync(join(from, entry.name), join(to, entry.name), {recursive: true});
  }
}
