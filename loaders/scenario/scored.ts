/** Scenarios committed in the workspace's scenarios folder, checked and scored by what has happened since. */
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "yaml";
import {readFile} from "../../src/scenario/saved/file.ts";
import {type PublishedScenario, scoreOf} from "../../src/scenario/saved/score.ts";
import type {Scenario} from "../../src/scenario/scenario.ts";
import type {FactTable} from "../../src/slices/facts.ts";
import {selectRows} from "../../src/slices/select.ts";
import type {Engine} from "../engine/engine.ts";
import {factTable} from "../pages/factTable.ts";
import {readSlices} from "../pages/slices.ts";

export interface CommittedScenario {
  file: string;
  scenario: Scenario | null;
  problems: string[];
}

/** Every .json and .yaml file of the folder, by name; none without the folder. A bad one is listed with what is wrong. */
export function committedScenarios(folder: string | undefined): CommittedScenario[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /\.(json|ya?ml)$/.test(file))
    .sort()
    .map((file) => ({file, ...readFile(readFileSync(join(folder, file), "utf8"), parse)}));
}

/**
 * Scores each by the wins of its window and selection.
 * @param won wins with slices (key), closed_on (day), amount (cents)
 */
export function scored(
  committed: readonly CommittedScenario[],
  won: FactTable,
  asOf: string
): PublishedScenario[] {
  return committed.map(({file, scenario, problems}) => {
    const said = scenario?.said;
    if (!said) return {file, scenario, problems, score: null};
    const amounts = won.columns["amount"];
    const to = said.to < asOf ? said.to : asOf;
    const rows = to < said.from ? [] : selectRows(won, scenario.filters, {from: said.from, to}, "closed_on");
    const cents = rows.reduce(
      (sum, row) => sum + (amounts?.kind === "cents" ? (amounts.values[row] ?? 0) : 0),
      0
    );
    return {file, scenario, problems, score: scoreOf(said, cents / 100, asOf)};
  });
}

/** Reads the wins and scores the folder's scenarios. */
export async function scoredScenarios(
  engine: Engine,
  folder: string | undefined
): Promise<PublishedScenario[]> {
  const committed = committedScenarios(folder);
  if (committed.length === 0) return [];
  const [run] = await engine.rows<{as_of: string}>("select as_of::varchar as as_of from workspace.run");
  const slices = (await readSlices(engine)).map(({column}) => column);
  const won = await factTable(
    engine,
    "(select *, won_amount as amount from marts.deals where outcome = 'won')",
    {columns: [...slices, "closed_on", "amount"], orderBy: "deal_id"}
  );
  return scored(committed, won, run!.as_of);
}
