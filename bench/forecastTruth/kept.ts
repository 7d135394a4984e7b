/** What was judged before is read from a folder, so that a run can be broken off, or made by two processes. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {gunzipSync, gzipSync} from "node:zlib";
import type {ForecastRow} from "../../loaders/forecast/backtest/forecastRow.ts";
import {hashFolders} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

/** What answers: another forecast or other twins are asked anew. */
const ASKED = [
  ...[
    "backtest/runBacktest.ts",
    "backtest/targets.ts",
    "bookings",
    "deals",
    "history",
    "numeric",
    "series"
  ].map((part) => `loaders/forecast/${part}`),
  "loaders/twins"
];
const ASKED_CODE = hashFolders(PROJECT, ASKED).slice(0, 12);
/** What is judged with all that makes the shown forecast. After a change of a judge, empty the folder. */
const CODE = hashFolders(PROJECT, [...ASKED, "loaders/forecast/backtest", "loaders/forecast/effects"]).slice(
  0,
  12
);

/** A plain value by its name. @param folder none: made anew */
export function kept<T>(name: string, make: () => T, folder?: string): T {
  if (!folder) return make();
  mkdirSync(folder, {recursive: true});
  const file = join(folder, `${name}-${CODE}.json`);
  if (!existsSync(file)) {
    process.stderr.write(`${name}\n`);
    writeFileSync(file, JSON.stringify(make()));
  }
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

/** What the methods answered, before it is calibrated and combined: rules are compared without asking again. */
export function keptRows(name: string, make: () => ForecastRow[], folder?: string): ForecastRow[] {
  if (!folder) return make();
  mkdirSync(folder, {recursive: true});
  const file = join(folder, `${name}-${ASKED_CODE}.json.gz`);
  if (!existsSync(file)) {
    process.stderr.write(`${name}\n`);
    const plain = make().map((row) => ({...row, quantiles: row.quantiles ? [...row.quantiles] : null}));
    writeFileSync(file, gzipSync(JSON.stringify(plain)));
  }
  const rows = JSON.parse(gunzipSync(readFileSync(file)).toString()) as ForecastRow[];
  for (const row of rows) if (row.quantiles) row.quantiles = Float64Array.from(row.quantiles);
  return rows;
}
