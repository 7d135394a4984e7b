/** Raw forecasts of past days on disk, a line a day: a stopped backtest goes on where it was, an equal one is not run again. */
import {appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import type {ForecastRow} from "./forecastRow.ts";

interface StoredDay {
  day: number;
  rows: (Omit<ForecastRow, "quantiles" | "origin"> & {quantiles: number[] | null})[];
}

export interface RowStore {
  /** Days that are done, with their rows. */
  done: ReadonlyMap<number, ForecastRow[]>;
  /** Stores a day; a day that is stored already is left alone. */
  add(day: number, rows: readonly ForecastRow[]): void;
}

/**
 * Opens a store. One made for another key (other data, code or options) is begun anew; a line that was cut off when a run
 * was killed is dropped with all after it.
 */
export function openRowStore(path: string, key: string): RowStore {
  const done = new Map<number, ForecastRow[]>();
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const kept: string[] = [];
  if (lines[0] === key)
    for (const line of lines.slice(1)) {
      const stored = parsed(line);
      if (!stored) break;
      kept.push(line);
      done.set(
        stored.day,
        stored.rows.map((row) => ({
          ...row,
          origin: stored.day,
          quantiles: row.quantiles ? Float64Array.from(row.quantiles) : null
        }))
      );
    }
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, `${[key, ...kept].join("\n")}\n`);
  return {
    done,
    add(day, rows) {
      if (done.has(day)) return;
      const stored: StoredDay = {
        day,
        rows: rows.map(({origin: _, quantiles, ...row}) => ({
          ...row,
          quantiles: quantiles ? [...quantiles] : null
        }))
      };
      appendFileSync(path, `${JSON.stringify(stored)}\n`);
    }
  };
}

function parsed(line: string): StoredDay | null {
  try {
    return JSON.parse(line) as StoredDay;
  } catch {
    return null;
  }
}
