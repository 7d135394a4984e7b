/** The deals as they stood at the end of any past day: the time machine's answer. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {EXIT, WeirError} from "../weirError.ts";
import type {Workspace} from "../workspace/schema.ts";
import {dayEndsAtSql} from "./localDay.ts";
import {LAYERS, type Model, readModels} from "./readModels.ts";
import {renderModel} from "./runModels.ts";

/** One deal that existed at the end of the day. Money is text with two decimals, so that it stays exact. */
export interface SnapshotDeal {
  deal_id: string;
  pipeline_id: string | null;
  stage_id: string | null;
  outcome: "open" | "won" | "lost";
  /** In the deal's currency; null when unknown. */
  amount: string | null;
  currency_code: string;
  /** In base currency: at the day's rate while open, at the closing day's once closed. */
  amount_base: string | null;
  close_on: string | null;
  owner_id: string | null;
  forecast_category: string | null;
  closed_on: string | null;
  is_stage_assumed: boolean;
  is_amount_assumed: boolean;
  is_close_on_assumed: boolean;
  is_owner_assumed: boolean;
  is_forecast_category_assumed: boolean;
}

const COLUMNS = `deal_id, pipeline_id, stage_id, outcome, amount::varchar as amount, currency_code,
  amount_base::varchar as amount_base, close_on::varchar as close_on, owner_id, forecast_category,
  closed_on::varchar as closed_on, is_stage_assumed, is_amount_assumed, is_close_on_assumed, is_owner_assumed,
  is_forecast_category_assumed`;

/**
 * The deals at the end of the local day `asOf` (YYYY-MM-DD), ordered by id, from a built warehouse. Deals created later
 * or already deleted are absent; nothing that happened later shows.
 * @throws {WeirError} exit 2 when the day lies after the one the warehouse was built for.
 */
export async function snapshot(engine: Engine, config: Workspace, asOf: string): Promise<SnapshotDeal[]> {
  const [known] = await engine.rows<{until: string; is_known: boolean}>(
    `select as_of::varchar as until, date ${literal(asOf)} <= as_of as is_known from workspace.run`
  );
  if (!known!.is_known)
    throw new WeirError("The warehouse does not know that day", {
      exitCode: EXIT.config,
      problems: [
        {
          what: "the day lies after the one the warehouse was built for",
          field: "asOf",
          value: asOf,
          expected: `${known!.until} or earlier`,
          fix: "build with a later as_of, or with newer exports"
        }
      ]
    });
  return engine.rows<SnapshotDeal>(
    `select ${COLUMNS} from (${snapshotSql(asOf, config)}) as deals order by deal_id`
  );
}

let read: Model[] | undefined;

/** A process that asks of many days looks at the files once. */
function modelsOnce(): Model[] {
  read ??= readModels();
  return read;
}

/** The SQL of int_deal_as_of for another day: the same text, with another end of the day in place of the run's. */
export function snapshotSql(
  asOf: string,
  config: Workspace,
  models: readonly Model[] = modelsOnce()
): string {
  const layerOf = new Map(models.map((model) => [model.name, model.layer]));
  const model = models.find(({name}) => name === "int_deal_as_of");
  if (!model) throw new Error(`no model int_deal_as_of in ${LAYERS.join(", ")}`);
  const day = `date ${literal(asOf)}`;
  const run = `(select * replace (${day} as as_of, ${dayEndsAtSql(day, config.time_zone)} as as_of_ends_at)
    from workspace.run)`;
  const sql = model.sql.replaceAll(/\{\{\s*workspace\('run'\)\s*\}\}/g, run);
  return renderModel({...model, sql}, layerOf, config);
}
