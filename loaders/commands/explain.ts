import {existsSync} from "node:fs";
import {resolve} from "node:path";
import type {DefinitionSpec, MetricCatalogue} from "../../src/slices/metricSpec.ts";
import {bySubject, glossary} from "../../src/slices/playbook.ts";
import {readMetrics} from "../metrics/readMetrics.ts";
import {metricAnswer} from "../pages/metricAnswer.ts";
import {readManifest} from "../warehouse/manifest.ts";
import {withWarehouse} from "../warehouse/openWarehouse.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {didYouMean} from "../workspace/didYouMean.ts";
import {type LoadedWorkspace, loadWorkspace} from "../workspace/loadWorkspace.ts";
import {DEFAULT_WORKSPACE, statePaths} from "../workspace/statePaths.ts";
import {type Command, type CommandContext, WORKSPACE_HELP, WORKSPACE_OPTIONS} from "./command.ts";
import {type AskedFor, askedFor} from "./explainAsked.ts";
import {answerText, definitionText, listText, metricText} from "./explainText.ts";

/** A metric's definition and, of a warehouse that is built, its figure, its query and its deals. */
export const explain: Command = {
  usage: "[METRIC or its label] [--workspace DIR] [--period LABEL] [--slice KEY=VALUE] [--json]",
  options: {
    workspace: WORKSPACE_OPTIONS.workspace,
    state: WORKSPACE_OPTIONS.state,
    period: {type: "string"},
    slice: {type: "string", multiple: true},
    json: {type: "boolean"}
  },
  help: {
    workspace: WORKSPACE_HELP.workspace,
    state: WORKSPACE_HELP.state,
    period: 'a fiscal month, quarter or year as pages label it ("2026 Q1"), or days: 2026-01-01..2026-03-31',
    slice: 'one value of what deals are cut by, such as region=EMEA or "owner=(none)"; may be given again',
    json: "print it all as JSON, with every deal"
  },
  async run(context) {
    const {options, words, print} = context;
    const isJson = options["json"] === true;
    const catalogue = readMetrics();
    if (words.length === 0) {
      const entries = glossary(catalogue);
      if (isJson) print(JSON.stringify({version: 1, metrics: entries}, null, 2));
      else for (const line of listText(bySubject(entries), catalogue)) print(line);
      return EXIT.ok;
    }
    const key = keyOf(words.join(" "), catalogue);
    const defined = catalogue.definitions[key];
    if (defined) {
      refuseSelection(key, defined, options);
      if (isJson) print(JSON.stringify({version: 1, key, ...defined}, null, 2));
      else print(definitionText(key, defined));
      return EXIT.ok;
    }
    const answered = await answer(key, catalogue, context);
    if (isJson)
      print(
        JSON.stringify(
          {version: 1, key, ...catalogue.metrics[key], ...answered?.asked, ...answered?.found},
          null,
          2
        )
      );
    else print(answered ? answerText(key, catalogue, answered) : metricText(key, catalogue));
    return EXIT.ok;
  }
};

/** What a function computes is asked on its page. @throws {WeirError} exit 2 where a selection is given */
function refuseSelection(
  key: string,
  {label, subject}: DefinitionSpec,
  options: CommandContext["options"]
): void {
  const given = ["period", "slice"].find((option) => options[option] !== undefined);
  if (given === undefined) return;
  throw new WeirError(`weir explain: ${label} is not asked here`, {
    exitCode: EXIT.config,
    problems: [
      {
        what: "a figure that a function computes, not a query",
        field: `--${given}`,
        value: String(options[given]),
        expected: "a metric that the list of weir explain marks with *",
        fix: `ask it on its page (${subject}), or run weir explain ${key} alone for its definition`
      }
    ]
  });
}

/** The figure and what it is of; null where there is no warehouse to ask, which is noted. */
async function answer(key: string, catalogue: MetricCatalogue, {options, reporter}: CommandContext) {
  const asks = {
    period: options["period"] as string | undefined,
    slices: (options["slice"] as string[] | undefined) ?? []
  };
  const isPlain = asks.period === undefined && asks.slices.length === 0;
  const dir = (options["workspace"] as string | undefined) ?? DEFAULT_WORKSPACE;
  const workspace = loadedOr(dir, (error) => {
    if (!isPlain) throw error;
    reporter.note(
      `   only the definition is told, for the workspace in ${dir} cannot be read: ${error.message}`
    );
  });
  if (workspace === null) return null;
  const state = options["state"] as string | undefined;
  const {warehouse, manifest} = statePaths(workspace, state ? resolve(state) : undefined);
  if (!existsSync(warehouse)) {
    const {company} = workspace.config;
    const build = ["weir build", ...given("workspace", options), ...given("state", options)].join(" ");
    if (!isPlain)
      throw new WeirError(`${company} is not built`, {
        exitCode: EXIT.source,
        problems: [
          {
            what: "no warehouse to ask for a figure of a period or a slice",
            value: warehouse,
            expected: "the warehouse that a build of this workspace makes",
            fix: `run ${build}, or ask without --period and --slice for the definition`
          }
        ]
      });
    reporter.note(`   ${company} is not built: after ${build} its figure and deals are told too`);
    return null;
  }
  const builtAt = readManifest(manifest)?.built_at ?? null;
  return withWarehouse(async (engine) => {
    const asked: AskedFor = await askedFor(engine, asks);
    const {filters, period} = asked;
    const found = await metricAnswer(engine, key, catalogue, {filters, ...(period ? {period} : {})});
    return {warehouse, builtAt, asked, found};
  }, warehouse);
}

/** The workspace; where it cannot be read, null when `failed` lets that pass. */
function loadedOr(dir: string, failed: (error: WeirError) => void): LoadedWorkspace | null {
  try {
    return loadWorkspace(dir);
  } catch (error) {
    if (!(error instanceof WeirError)) throw error;
    failed(error);
    return null;
  }
}

/** An option as it was given on the command line. */
function given(option: string, options: CommandContext["options"]): string[] {
  return options[option] === undefined ? [] : [`--${option} ${String(options[option])}`];
}

/** The key of a metric asked for by its key, or by its label as pages show it, in any case. @throws {WeirError} exit 2 */
function keyOf(asked: string, {metrics, definitions}: MetricCatalogue): string {
  const known = {...metrics, ...definitions};
  if (Object.hasOwn(known, asked)) return asked;
  const word = asked.toLowerCase();
  const named = Object.keys(known).find((key) => key === word || known[key]!.label.toLowerCase() === word);
  if (named !== undefined) return named;
  const labels = Object.values(known).map(({label}) => label);
  const near = [
    didYouMean(asked.replaceAll(/[\s-]+/g, "_"), Object.keys(known)) ?? didYouMean(asked, labels),
    ...Object.keys(known).filter(
      (key) => word.length > 2 && `${key} ${known[key]!.label}`.toLowerCase().includes(word)
    )
  ].filter((each) => each !== undefined);
  throw new WeirError(`There is no metric named ${asked}`, {
    exitCode: EXIT.config,
    problems: [
      {
        what: "unknown metric",
        value: asked,
        expected: "a name or label that weir explain, without one, lists",
        fix:
          near.length > 0
            ? `did you mean ${[...new Set(near)]
                .slice(0, NEAR)
                .map((each) => `"${each}"`)
                .join(" or ")}?`
            : "run weir explain to see all of them"
      }
    ]
  });
}

/** Names proposed for one that is not known. */
const NEAR = 4;
