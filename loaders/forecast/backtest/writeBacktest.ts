/** A backtest as files: every forecast and every score as Parquet, the scores as JSON too; those of slices likewise. */
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {createTable} from "../../engine/createTable.ts";
import {openDuckDb} from "../../engine/duckdb.ts";
import {literal} from "../../engine/sqlText.ts";
import {isoOf} from "../history/calendar.ts";
import {LEVELS} from "../numeric/quantiles.ts";
import type {ForecastRow} from "./forecastRow.ts";
import type {Score} from "./score.ts";
import type {ScoredSlice, SliceScore} from "./scoreSlices.ts";

/** Writes forecasts.parquet, scores.parquet and scores.json into a folder that exists. Money in base currency. */
export async function writeBacktest(
  folder: string,
  rows: readonly ForecastRow[],
  scores: readonly Score[]
): Promise<void> {
  const levels = LEVELS.map((level) => `q${String(Math.round(level * 1000)).padStart(3, "0")}`);
  const engine = await openDuckDb(":memory:");
  try {
    await createTable(
      engine,
      "forecast",
      `asked_on date, kind varchar, from_on date, to_on date, method varchar, family varchar, mean double, actual double, ${levels.map((name) => `${name} double`).join(", ")}`,
      rows.map((row) => [
        isoOf(row.origin),
        row.kind,
        isoOf(row.from),
        isoOf(row.to),
        row.method,
        row.family,
        row.mean,
        row.actual,
        ...levels.map((_, i) => row.quantiles?.[i] ?? null)
      ])
    );
    const names = scores.length > 0 ? (Object.keys(scores[0]!) as (keyof Score)[]) : [];
    const type = (name: keyof Score) =>
      ["kind", "method", "family", "verdict"].includes(name) ? "varchar" : "double";
    if (names.length > 0)
      await createTable(
        engine,
        "score",
        names.map((name) => `"${name}" ${type(name)}`).join(", "),
        scores.map((score) => names.map((name) => finite(score[name])))
      );
    await engine.run(`copy forecast to ${literal(join(folder, "forecasts.parquet"))} (format parquet)`);
    if (names.length > 0)
      await engine.run(`copy score to ${literal(join(folder, "scores.parquet"))} (format parquet)`);
  } finally {
    engine.close();
  }
  writeFileSync(join(folder, "scores.json"), `${JSON.stringify(scores, null, 2)}\n`);
}

function finite(value: Score[keyof Score]): string | number | null {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

const SLICE_WORDS = ["method", "kind", "dimension", "label", "value", "verdict"];

/** Writes slice_forecasts.parquet, slice_scores.parquet and slice_scores.json into a folder that exists. Money in base currency. */
export async function writeSliceBacktest(
  folder: string,
  rows: readonly ScoredSlice[],
  scores: readonly SliceScore[]
): Promise<void> {
  const engine = await openDuckDb(":memory:");
  try {
    await createTable(
      engine,
      "slice_forecast",
      "asked_on date, kind varchar, from_on date, to_on date, dimension varchar, label varchar, value varchar, method varchar, mean double, low80 double, high80 double, actual double",
      rows.map(({origin, kind, from, to, dimension, label, value, method, mean, low80, high80, actual}) => [
        isoOf(origin),
        kind,
        isoOf(from),
        isoOf(to),
        dimension,
        label,
        value,
        method,
        mean,
        low80,
        high80,
        actual
      ])
    );
    const names = scores.length > 0 ? (Object.keys(scores[0]!) as (keyof SliceScore)[]) : [];
    if (names.length > 0)
      await createTable(
        engine,
        "slice_score",
        names.map((name) => `"${name}" ${SLICE_WORDS.includes(name) ? "varchar" : "double"}`).join(", "),
        scores.map((score) => names.map((name) => score[name]))
      );
    for (const name of ["slice_forecast", ...(names.length > 0 ? ["slice_score"] : [])])
      await engine.run(`copy ${name} to ${literal(join(folder, `${name}s.parquet`))} (format parquet)`);
  } finally {
    engine.close();
  }
  writeFileSync(join(folder, "slice_scores.json"), `${JSON.stringify(scores, null, 2)}\n`);
}
