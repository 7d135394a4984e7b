/** A folder of exports to a first workspace.yaml and a list of what can be computed. */
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {basename, join, resolve} from "node:path";
import {openDuckDb} from "../engine/duckdb.ts";
import type {Engine} from "../engine/engine.ts";
import type {Reporter} from "../system/progress.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {workspaceSchema} from "../workspace/schema.ts";
import {type Capability, capabilities} from "./capabilities.ts";
import {cellOf} from "./cells.ts";
import {type ChosenFile, chooseFiles, type LeftOut, tablesOf} from "./chooseFiles.ts";
import {type FoundPipeline, findStages, NO_STAGE} from "./findStages.ts";
import {type FittedFile, fitColumns} from "./fitColumns.ts";
import {withoutNumberless} from "./numberlessQuotas.ts";
import {dropRepeated} from "./repeatedExports.ts";
import {surveyFolder} from "./surveyFolder.ts";
import {unknownStatuses} from "./unknownStatuses.ts";
import {unreadColumns} from "./unreadColumns.ts";
import {inWalkedOrder} from "./walkedOrder.ts";
import {workspaceText} from "./workspaceText.ts";

export interface Description {
  /** The text of workspace.yaml. */
  text: string;
  files: {
    file: string;
    is: string;
    score: number;
    evidence: string[];
    notes: string[];
    unread: string[];
    advice: string[];
  }[];
  leftOut: LeftOut[];
  pipelines: FoundPipeline[];
  capabilities: Capability[];
}

/**
 * Reads headers and values, changes nothing.
 * @throws {WeirError} exit 4 when there is nothing to read, exit 3 when no file holds deals.
 */
export async function describeFolder(dir: string, reporter: Reporter): Promise<Description> {
  const engine = await openDuckDb(":memory:");
  const copies = mkdtempSync(join(tmpdir(), "weir-init-"));
  try {
    const surveyed = await surveyFolder(engine, dir, copies, reporter);
    if (surveyed.length === 0) throw noExports(dir);
    const {stageFiles, ...recognised} = chooseFiles(surveyed);
    const numbered = await withoutNumberless(engine, recognised.chosen);
    const {chosen, leftOut: repeated} = await dropRepeated(engine, numbered.chosen);
    const leftOut = [...recognised.leftOut, ...numbered.leftOut, ...repeated];
    if (!chosen.some((file) => tablesOf(file).includes("deal"))) throw noDeals(dir, leftOut);
    const byName = await findStages(engine, chosen, stageFiles);
    const named = await dealCurrencies(engine, chosen);
    const config = workspaceSchema.parse({
      company: "x",
      base_currency: named[0] ?? "USD",
      pipelines: byName.map(({id, stages}) => ({
        id,
        stages: stages.map(({id: stage, name, kind}) => ({id: stage, kind, aliases: name ? [name] : []}))
      })),
      files: [{path: "x", maps: [{table: "deal", columns: {}}]}]
    });
    const fitted: FittedFile[] = [];
    const step = reporter.start("fit", chosen.length);
    for (const file of chosen) {
      const {notes, ...fits} = withDefaults(await fitColumns(engine, file, config), file, byName);
      const {object, found} = file.recognition;
      const asked = object.asks?.(found, file.source!.header) ?? [];
      fitted.push({
        ...fits,
        notes: [...file.notes, ...notes, ...(await unknownStatuses(engine, file)), ...asked]
      });
      step.tick(file.file);
    }
    step.done();
    const logs = chosen.map((file, i) => ({file, spec: fitted[i]!.spec}));
    const pipelines = await inWalkedOrder(engine, byName, logs, config);
    const filled = new Set(
      fitted.flatMap((file) => file.filled.map(({table, column}) => `${table}.${column}`))
    );
    const unread = chosen.map(({recognition, source}) => unreadColumns(recognition, source!.header, config));
    // The company's currency is what its deals are in, whatever campaigns are paid in.
    const deals = fitted.filter((_, i) => tablesOf(chosen[i]!).includes("deal"));
    const signs = [...deals, ...fitted].flatMap(({currencies}) => currencies);
    const [currency = "USD", ...others] = [...new Set([...named, ...signs])];
    return {
      text: workspaceText({
        company: basename(resolve(dir)),
        currency,
        ...(others.length > 0 && !filled.has("fx_rate.rate")
          ? {currencyQuestion: noRates(others, currency)}
          : named.length === 0
            ? {
                currencyQuestion: `${signs.length > 0 ? "only the amounts name a" : "the exports name no"} currency; is it ${currency}?`
              }
            : {}),
        pipelines,
        files: fitted.map((file, i) => ({
          ...file,
          score: chosen[i]!.recognition.score,
          unread: unread[i]!.headers,
          advice: unread[i]!.advice
        })),
        leftOut
      }),
      files: chosen.map(({file, recognition}, i) => ({
        unread: unread[i]!.headers,
        advice: unread[i]!.advice,
        file,
        is: `${recognition.system.name} ${recognition.object.id}`,
        score: recognition.score,
        evidence: [...new Set(recognition.found)],
        notes: fitted[i]!.notes
      })),
      leftOut,
      pipelines,
      capabilities: capabilities(filled)
    };
  } finally {
    engine.close();
    rmSync(copies, {recursive: true, force: true});
  }
}

function noRates(others: readonly string[], currency: string): string {
  return `amounts are in ${others.join(", ")} too, and no export has exchange rates: state them, exchange_rates: [${others.map((other) => `{currency: ${other}, rate: ...}`).join(", ")}] (what one unit is worth in ${currency}; with since: YYYY-MM-DD from that day on), or put a table with the columns currency, on, rate beside the exports and list it under files: {path: exchange_rates.csv, source: orders, object: exchange_rates}; without rates nothing is built. Is ${currency} the company's currency?`;
}

/** A deal without a stage or a pipeline is still a deal: it gets the stage that says so, and the first pipeline. */
function withDefaults(fitted: FittedFile, file: ChosenFile, pipelines: readonly FoundPipeline[]): FittedFile {
  const lacksStage = pipelines.some(({stages}) => stages.some(({id}) => id === NO_STAGE));
  const [map] = file.recognition.object.maps({pipelines: []});
  if (!lacksStage || map?.table !== "deal") return fitted;
  const stage = map.columns["stage_id"]?.column;
  const pipeline = map.columns["pipeline_id"]?.column;
  const holder = pipelines.find(({stages}) => stages.some(({id}) => id === NO_STAGE))!;
  return {
    ...fitted,
    notes: [...fitted.notes, `QUESTION: some deals have no stage; they stand in "${NO_STAGE}". Should they?`],
    spec: {
      ...fitted.spec,
      columns: {
        ...fitted.spec.columns,
        ...(stage ? {stage_id: {column: stage, if_empty: NO_STAGE}} : {}),
        ...(pipeline ? {pipeline_id: {column: pipeline, if_empty: holder.id}} : {})
      }
    }
  };
}

/** Currency codes of the deals, the commonest first. */
async function dealCurrencies(engine: Engine, files: readonly ChosenFile[]): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const file of files)
    for (const map of file.recognition.object.maps({pipelines: []})) {
      const {column: header, recode = {}} = (map.table === "deal" && map.columns["currency"]) || {};
      const cell = header === undefined ? undefined : cellOf(file, header);
      if (cell === undefined) continue;
      for (const {word, n} of await engine.rows<{word: string | null; n: number}>(
        `select trim(${cell}) as word, count(*)::integer as n from ${file.source!.sql} group by 1`
      )) {
        const code = recode[word ?? ""] ?? (word ?? "").toUpperCase();
        if (/^[A-Z]{3}$/.test(code)) counts.set(code, (counts.get(code) ?? 0) + n);
      }
    }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([code]) => code);
}

function noExports(dir: string): WeirError {
  return new WeirError(`There are no exports in ${dir}`, {
    exitCode: EXIT.source,
    problems: [
      {
        what: "the folder holds no file that can be an export",
        file: dir,
        expected: "CSV, TSV, JSON, NDJSON or Parquet files, packed with gzip or not",
        fix: "put the exports there, or name another folder: weir init DIR"
      }
    ]
  });
}

function noDeals(dir: string, leftOut: readonly LeftOut[]): WeirError {
  return new WeirError(`No file in ${dir} was recognised as deals`, {
    exitCode: EXIT.data,
    problems: [
      {
        what: "without deals there is nothing to build",
        file: dir,
        expected:
          "Salesforce Opportunity, HubSpot or Pipedrive deals, Dynamics opportunity, or a table with the columns ID and Stage and, as far as there are, Name, Amount, Close Date, Created, Owner, Account",
        fix: "mend or export again what is named below; what has other columns is mapped by hand with source: csv, as data/maven-hardware/workspace.yaml shows"
      },
      ...leftOut.map(({file, why}) => ({what: why, file}))
    ]
  });
}
