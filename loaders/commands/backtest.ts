import {mkdirSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {BACKTEST_DEFAULTS} from "../forecast/backtest/runBacktest.ts";
import {type Score, scoreRows} from "../forecast/backtest/score.ts";
import {writeBacktest} from "../forecast/backtest/writeBacktest.ts";
import {backtestWarehouse} from "../forecast/buildForecast.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {type Command, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {prepareWarehouse, prepareWorkspace} from "./prepare.ts";

/** Asks every method on every past week and prints how good it was. Stopped and called again it goes on where it was. */
export const backtest: Command = {
  name: "backtest",
  summary: "how good every forecasting method would have been, asked on past weeks",
  usage: "[--workspace DIR] [--files DIR] [--measure amount|wins] [--out DIR] [--json]",
  options: {
    ...WORKSPACE_OPTIONS,
    measure: {type: "string"},
    out: {type: "string", short: "o"},
    json: {type: "boolean"}
  },
  help: {
    ...WORKSPACE_HELP,
    measure: "amount (the default): money won; wins: deals won",
    out: "folder for forecasts.parquet, scores.parquet and scores.json (default: backtest/ beside the warehouse)",
    json: "print the scores as JSON"
  },
  async run(context) {
    const measure = String(context.options["measure"] ?? "amount");
    if (measure !== "amount" && measure !== "wins")
      throw new WeirError("weir backtest: no such measure", {
        exitCode: EXIT.config,
        problems: [{what: "unknown measure", field: "--measure", value: measure, expected: "amount or wins"}]
      });
    const prepared = await prepareWorkspace(context);
    const {manifest} = await prepareWarehouse(prepared, context);
    const {warehouse} = prepared.paths;
    const {rows} = await backtestWarehouse(
      {warehouse, inputHash: manifest.input_hash, reporter: context.reporter, measure},
      {...BACKTEST_DEFAULTS, measure}
    );
    const scores = scoreRows(rows, BACKTEST_DEFAULTS.seed);
    const out = resolve(
      (context.options["out"] as string | undefined) ?? join(dirname(warehouse), "backtest")
    );
    mkdirSync(out, {recursive: true});
    await writeBacktest(out, rows, scores);
    if (context.options["json"]) context.print(JSON.stringify(scores, null, 2));
    else for (const line of scoreTable(scores)) context.print(line);
    context.reporter.note(`   forecasts.parquet, scores.parquet and scores.json in ${out}`);
    return EXIT.ok;
  }
};

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
