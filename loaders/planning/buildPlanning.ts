/** Warehouse and fitted deal models to what backlog and pipeline need: a JSON file beside the warehouse. */
import {existsSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import type {Planning} from "../../src/slices/material/planningData.ts";
import {modelFolder} from "../forecast/buildForecast.ts";
import {withWarehouse} from "../forecast/history/wholeHistory.ts";
import {hashFolders, hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {planningOf} from "./planningOf.ts";

export function planningFile(warehouse: string): string {
  return join(dirname(warehouse), "planning.json");
}

/** What the build made. @throws when it has not run */
export function readPlanning(warehouse: string): Planning {
  const {key: _, ...planning} = JSON.parse(readFileSync(planningFile(warehouse), "utf8")) as Planning & {
    key: string;
  };
  return planning as Planning;
}

/** Makes the file after the forecast; one made from the same warehouse, models and code is left as it is. */
export async function buildPlanning({
  warehouse,
  inputHash,
  reporter
}: {
  warehouse: string;
  inputHash: string;
  reporter: Reporter;
}): Promise<void> {
  const file = planningFile(warehouse);
  // All that the figures are made with: chances, draws, medians of days.
  const code = hashFolders(PROJECT, [
    "loaders/forecast",
    "loaders/planning",
    "loaders/scenario",
    "loaders/twins/random",
    "src/slices"
  ]);
  const key = hashText(inputHash, code);
  if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as {key?: string}).key === key) return;
  const step = reporter.start("material", 1);
  const planning = await withWarehouse(warehouse, (engine) => planningOf(engine, modelFolder(warehouse)));
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify({key, ...planning}));
  renameSync(temporary, file);
  const {data} = planning;
  step.done(
    data
      ? `${data.materials.length} materials, ${data.nOrders} orders, ${data.nDeals} open deals`
      : "none: no bills or no orders"
  );
}
