/** Warehouse and published forecast to what scenarios are computed from: a JSON file beside the warehouse. */
import {existsSync, readFileSync, renameSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import type {ScenarioInput} from "../../src/scenario/input.ts";
import type {PublishedScenario} from "../../src/scenario/saved/score.ts";
import {dayNumber} from "../../src/slices/facts.ts";
import type {Engine} from "../engine/engine.ts";
import {modelFolder, readForecast, readPublishFacts, readWholeHistory} from "../forecast/buildForecast.ts";
import {openModelStore} from "../forecast/deals/modelStore.ts";
import {project} from "../forecast/deals/projectDeals.ts";
import {withWarehouse} from "../forecast/history/wholeHistory.ts";
import {factTable} from "../pages/factTable.ts";
import {hashFolders, hashText} from "../system/fileHash.ts";
import type {Reporter} from "../system/progress.ts";
import {PROJECT} from "../workspace/statePaths.ts";
import {anchored, scenarioWindows} from "./anchor.ts";
import {arrivalSources} from "./arrivals.ts";
import {campaignFacts, spendHistory} from "./campaigns.ts";
import {discountHistory, leverHistory} from "./leverHistory.ts";
import {openDeals, sharedCurves, spreadOf} from "./openDeals.ts";
import {peopleOf} from "./people.ts";
import {priceHistory} from "./priceHistory.ts";
import {readCampaigns, readDiscounts, readPrices} from "./readCampaigns.ts";
import {openTable, readDeals, renamed} from "./readDeals.ts";
import {readPeople} from "./readPeople.ts";
import {scoredScenarios} from "./scored.ts";

/** The input, or why there is none. */
export type ScenarioData = {input: ScenarioInput; reason: null} | {input: null; reason: string};

export function scenarioFile(warehouse: string): string {
  return join(dirname(warehouse), "scenario.json");
}

/** What the build made. @throws when it has not run */
export function readScenarioData(warehouse: string): ScenarioData {
  return JSON.parse(readFileSync(scenarioFile(warehouse), "utf8")) as ScenarioData;
}

/** The committed scenarios of a warehouse with their scores. @throws when the build has not run */
export function readPublishedScenarios(warehouse: string): PublishedScenario[] {
  return JSON.parse(readFileSync(publishedFile(warehouse), "utf8")) as PublishedScenario[];
}

/** The file of the committed scenarios, beside the warehouse. */
export function publishedFile(warehouse: string): string {
  return join(dirname(warehouse), "scenarios.json");
}

export interface BuildScenarioOptions {
  warehouse: string;
  inputHash: string;
  /** Folder of committed scenarios. */
  scenarios?: string | undefined;
  reporter: Reporter;
}

/** Makes both files; an input made from the same warehouse, forecast and code is left as it is. */
export async function buildScenario(options: BuildScenarioOptions): Promise<void> {
  const {warehouse, scenarios, reporter} = options;
  await withWarehouse(warehouse, async (engine) => {
    await buildInput(engine, options);
    const published = await scoredScenarios(engine, scenarios);
    for (const {file, problems} of published)
      for (const problem of problems) reporter.note(`!  scenarios/${file}: ${problem}`);
    writeWhole(publishedFile(warehouse), published);
  });
}

async function buildInput(
  engine: Engine,
  {warehouse, inputHash, reporter}: BuildScenarioOptions
): Promise<void> {
  const file = scenarioFile(warehouse);
  const code = hashFolders(PROJECT, ["loaders/forecast", "loaders/scenario", "src/scenario"]);
  const key = hashText(inputHash, code);
  if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as {key?: string}).key === key) return;
  const step = reporter.start("scenario", 1);
  const data = await scenarioData(engine, warehouse, inputHash);
  writeWhole(file, {key, ...data});
  step.done(data.input ? `${data.input.deals.n} open deals` : "none: there is no forecast");
}

function writeWhole(file: string, value: unknown): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(value));
  renameSync(temporary, file);
}

async function scenarioData(engine: Engine, warehouse: string, inputHash: string): Promise<ScenarioData> {
  const published = readForecast(warehouse);
  const {history} = await readWholeHistory(engine);
  const model = published.quarters.length > 0 ? openModelStore(modelFolder(warehouse)).fitted(history) : null;
  if (!model)
    return {
      input: null,
      reason:
        published.reason ??
        "A scenario needs the chances of single deals; too few deals have been won to know them."
    };
  const {currency, quarterLabel} = await readPublishFacts(engine, history.firstMonth);
  const windows = scenarioWindows(history.asOf, history.firstMonth, quarterLabel);
  const weeks = Math.ceil((dayNumber(windows.at(-1)!.to) - history.asOf) / 7);
  const projection = project(history, model, weeks);
  const deals = openDeals(history, projection.open);
  const {table, slices, cuts, wordOf} = await readDeals(engine);
  const {curves, indexOf} = sharedCurves(deals);
  const arrivals = projection.fresh
    ? arrivalSources({history, model, fresh: projection.fresh, weeks, wordOf, slices: cuts}, curves)
    : [];
  const campaigns = await readCampaigns(engine);
  const spend = spendHistory(campaigns.spent, history.asOf, history.firstMonth);
  const discount = discountHistory(await readDiscounts(engine), history.asOf, history.firstMonth);
  const price = priceHistory(await readPrices(engine), history.asOf, history.firstMonth);
  const people = peopleOf(await readPeople(engine), history.asOf);
  const first = windows.reduce((least, {from}) => (from < least ? from : least), windows[0]!.from);
  const input: ScenarioInput = {
    version: 1,
    dataHash: inputHash.slice(0, 16),
    asOf: published.asOf,
    currency,
    method: {
      name: "Single-deal model, scaled to the published forecast",
      words:
        "Each open deal is won in a window with its own weekly chances and closes at an uncertain amount; deals not created yet arrive at an uncertain rate; one shock common to all stretches every chance. The distribution is computed from its characteristic function, not drawn. With nothing assumed, the expected value and the bands are those of the published forecast.",
      caveat:
        "What levers do to chances is an assumption, not a measured effect. Quarters after the next one and the year have no track record of their own."
    },
    weeks,
    windows,
    stages: [...history.stages].filter(({kind}) => kind === "open").map(({name}) => name),
    deals: openTable(table, deals, indexOf),
    won: await factTable(
      engine,
      `(select * from marts.deals where outcome = 'won' and closed_on >= date '${first}')`,
      {columns: [...slices, "closed_on", "won_amount"], orderBy: "deal_id"}
    ).then((won) => renamed(won, "won_amount", "amount")),
    quotas: await factTable(engine, `(select * from marts.quotas where month_on >= date '${first}')`, {
      columns: ["owner", "team", "region", "month_on", "quota_amount"],
      orderBy: "quota_id, month_on"
    }),
    curves,
    spread: spreadOf(model),
    arrivals,
    shockSd: Math.min(1, model.outcomes.drift),
    history: {
      ...leverHistory(history),
      ...people.history,
      ...(discount ? {discount} : {}),
      ...(price ? {price} : {}),
      ...(spend ? {campaigns: spend} : {})
    },
    reps: people.reps,
    partners: people.partners,
    campaigns: campaignFacts(
      campaigns.finished,
      campaigns.counts,
      arrivals.map(({key}) => key)
    )
  };
  return {input: anchored(input, published.quarters), reason: null};
}
