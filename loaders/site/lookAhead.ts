import {cpSync, readdirSync} from "node:fs";
import {dirname, join} from "node:path";
import {buildForecast} from "../forecast/buildForecast.ts";
import {buildPlanning} from "../planning/buildPlanning.ts";
import {buildScenario} from "../scenario/buildScenario.ts";
import type {Reporter} from "../system/progress.ts";
import type {Manifest} from "../warehouse/manifest.ts";
import type {StatePaths} from "../workspace/statePaths.ts";

interface Forecast {
  paths: StatePaths;
  manifest: Manifest;
}

/** Works out what the pages tell of what is to come; it lies beside the warehouse, and is found again while that is of the same inputs. */
export async function lookAhead({paths, manifest}: Forecast, reporter: Reporter): Promise<void> {
  const built = {warehouse: paths.warehouse, inputHash: manifest.input_hash, reporter};
  await buildForecast(built);
  await buildScenario({...built, scenarios: paths.scenarios});
  await buildPlanning(built);
}

/** The first of several warehouses of the same inputs whose forecasts were asked for, by the hash of these inputs. */
export type KnownForecasts = Map<string, {warehouse: string; made: Promise<void>}>;

/** The same, once for all warehouses of the same inputs: the others get copies, which are looked at like any that are there. */
export async function lookAheadOnce(
  known: KnownForecasts,
  part: Forecast,
  reporter: Reporter
): Promise<void> {
  const {input_hash} = part.manifest;
  const {warehouse} = part.paths;
  const first = known.get(input_hash);
  if (first) {
    await first.made;
    copyForecasts(dirname(first.warehouse), dirname(warehouse));
    return lookAhead(part, reporter);
  }
  const made = lookAhead(part, reporter);
  known.set(input_hash, {warehouse, made});
  await made;
}

function copyForecasts(from: string, to: string): void {
  for (const entry of readdirSync(from, {withFileTypes: true})) {
    const isOf = entry.isDirectory()
      ? ["backtest", "models"].includes(entry.name)
      : entry.name.endsWith(".json") && entry.name !== "manifest.json";
    if (isOf) cpSync(join(from, entry.name), join(to, entry.name), {recursive: true});
  }
}
