import {mkdirSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import type {ForecastRow} from "../forecast/backtest/forecastRow.ts";
import {BACKTEST_DEFAULTS} from "../forecast/backtest/runBacktest.ts";
import {type Score, scoreRows} from "../forecast/backtest/score.ts";
import {type ScoredSlice, scoreSlices} from "../forecast/backtest/scoreSlices.ts";
import {writeBacktest, writeSliceBacktest} from "../forecast/backtest/writeBacktest.ts";
import {backtestWarehouse} from "../forecast/buildForecast.ts";
import {isoOf} from "../forecast/history/calendar.ts";
import type {PipelineHistory} from "../forecast/history/pipelineHistory.ts";
import {backtestSlices, sliceDays} from "../forecast/publish/sliceBacktest.ts";
import {sliceDimensions} from "../forecast/publish/sliceCodes.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {type Command, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {prepareWarehouse, prepareWorkspace} from "./prepare.ts";
import {sliceTable} from "./sliceTable.ts";

/** Asks every method on every past week and prints how good it was. Stopped and called again it goes on where it was. */
export const backtest: Command = {
  usage: "[--workspace DIR] [--files DIR] [--measure amount|wins] [--by DIMENSION|all] [--out DIR] [--json]",
  options: {
    ...WORKSPACE_OPTIONS,
    measure: {type: "string"},
    by: {type: "string"},
    out: {type: "string", short: "o"},
    json: {type: "boolean"}
  },
  help: {
    ...WORKSPACE_HELP,
    measure: "amount (the default): money won; wins: deals won",
    by: "how good it was by slice of a dimension (channel, region, product, owner and the like), or of all of them; of money",
    out: "folder for forecasts.parquet, scores.parquet and scores.json, with --by slice_forecasts.parquet, slice_scores.parquet and slice_scores.json (default: backtest/ beside the warehouse)",
    json: "print the scores as JSON; with --by an object of scores and slices"
  },
  async run(context) {
    const measure = String(context.options["measure"] ?? "amount");
    if (measure !== "amount" && measure !== "wins")
      throw new WeirError("weir backtest: no such measure", {
        exitCode: EXIT.config,
        problems: [{what: "unknown measure", field: "--measure", value: measure, expected: "amount or wins"}]
      });
    const by = context.options["by"] as string | undefined;
    if (by && measure !== "amount")
      throw new WeirError("weir backtest: slices are of money", {
        exitCode: EXIT.config,
        problems: [
          {what: "--by with another measure", field: "--measure", value: measure, expected: "amount"}
        ]
      });
    const prepared = await prepareWorkspace(context);
    const {manifest} = await prepareWarehouse(prepared, context);
    const {warehouse} = prepared.paths;
    const {history, rows} = await backtestWarehouse(
      {warehouse, inputHash: manifest.input_hash, reporter: context.reporter, measure},
      {...BACKTEST_DEFAULTS, measure}
    );
    const slices = by ? askedBySlice(history, rows, by, context.reporter) : null;
    const scores = scoreRows(rows, BACKTEST_DEFAULTS.seed);
    const sliceScores = slices ? scoreSlices(slices) : [];
    const out = resolve(
      (context.options["out"] as string | undefined) ?? join(dirname(warehouse), "backtest")
    );
    mkdirSync(out, {recursive: true});
    await writeBacktest(out, rows, scores);
    if (slices) await writeSliceBacktest(out, slices, sliceScores);
    if (context.options["json"])
      context.print(JSON.stringify(by ? {scores, slices: sliceScores} : scores, null, 2));
    else
      for (const line of [...scoreTable(scores), ...(by ? sliceTable(sliceScores) : [])]) context.print(line);
    context.reporter.note(
      `   forecasts.parquet, scores.parquet and scores.json${slices ? ", and those of slices," : ""} in ${out}`
    );
    return EXIT.ok;
  }
};

/** @throws {WeirError} when the deals are cut by no such dimension */
function askedBySlice(
  history: PipelineHistory,
  rows: readonly ForecastRow[],
  by: string,
  reporter: Reporter
): ScoredSlice[] {
  const keys = sliceDimensions(history).map(({key}) => key);
  if (by !== "all" && !keys.includes(by))
    throw new WeirError("weir backtest: no such dimension", {
      exitCode: EXIT.config,
      problems: [
        {what: "deals are not cut by it", field: "--by", value: by, expected: ["all", ...keys].join(", ")}
      ]
    });
  const step = reporter.start("slices", sliceDays(rows).length);
  const found = backtestSlices(history, rows, BACKTEST_DEFAULTS.seed, (day) => step.tick(isoOf(day)));
  step.done(`${found.length} forecasts of slices`);
  return found.filter(({dimension}) => by === "all" || dimension === by);
}

/** The scores as lines of text, by kind, least CRPS first. */
export function scoreTable(scores: readonly Score[]): string[] {
  const part = (value: number | null) => (value === null || !Number.isFinite(value) ? "-" : value.toFixed(3));
  const head = [
    "method",
    "n",
    "WAPE",
    "bias",
    "MASE",
    "CRPS",
    "in 50%",
    "in 80%",
    "in 95%",
    "skill",
    "verdict"
  ];
  const line = ([name, ...cells]: string[]) =>
    `${name!.padEnd(34)}${cells.map((cell) => cell.padStart(9)).join("")}`;
  return [...new Set(scores.map(({kind}) => kind))].flatMap((kind) => [
    "",
    kind,
    line(head),
    ...scores
      .filter((score) => score.kind === kind)
      .sort((a, b) => (a.crps ?? 9) - (b.crps ?? 9))
      .map((score) =>
        line([
          score.method,
          String(score.n),
          part(score.wape),
          part(score.bias),
          part(score.mase),
          part(score.crps),
          part(score.coverage50),
          part(score.coverage80),
          part(score.coverage95),
          part(score.skill),
          `  ${score.verdict}`
        ])
      )
  ]);
}
