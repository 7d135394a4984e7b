/**
 * When deals closed, where a system has no field that says so. Salesforce, HubSpot and most spreadsheets keep one close date, a plan while the
 * deal is open and the day it closed from then on; the stage tells which of the two it is.
 */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import type {Workspace} from "../workspace/schema.ts";
import {stageSpellings} from "../workspace/stageSpellings.ts";

/** Systems whose close date changes its meaning when a deal closes. */
const ONE_CLOSE_DATE = ["salesforce", "hubspot", "spreadsheet"];

/** Deals of which the record was made after they had closed: when they began is not known. */
export interface SettledClosings {
  nMigrated: number;
}

/**
 * Sets `deal.closed_at` of those systems' deals: none for open deals, none where the log dates the closing, else the
 * stated time, the noon of the close date, or the last change of the record, and never later than that: a record that is
 * closed had closed when it was last saved. A deal that closed on a day before its record was made (imported from an older CRM) loses
 * `created_at`: its cycle would be negative.
 */
export async function settleClosings(
  engine: Engine,
  config: Pick<Workspace, "pipelines" | "time_zone">
): Promise<SettledClosings> {
  const systems = ONE_CLOSE_DATE.map(literal).join(", ");
  const zone = literal(config.time_zone);
  const [theirs] = await engine.rows(`select 1 from source.deal where source_system in (${systems}) limit 1`);
  if (!theirs) return {nMigrated: 0};
  const localDay = (time: string) => `cast(timezone(${zone}, timezone('UTC', ${time})) as date)`;
  await engine.run(`create temp table closing as
    with closed_stage as (
      select * from (values ${closedStages(config)}) as closed(pipeline_id, stage_id)
    ),
    logged as (
      select distinct deal_id from source.deal_event
      where field = 'stage_id' and trim(new_value) in (${closedSpellings(config)})
    ),
    told as (
      select
        deal.deal_id,
        deal.created_at,
        closed_stage.stage_id is not null as is_closed,
        logged.deal_id is not null as is_logged,
        least(
          coalesce(
            deal.closed_at,
            timezone('UTC', timezone(${zone}, deal.close_on::timestamp + interval 12 hour)),
            deal.modified_at
          ),
          deal.modified_at
        ) as closed_at
      from source.deal as deal
      left join closed_stage on closed_stage.pipeline_id = deal.pipeline_id and closed_stage.stage_id = deal.stage_id
      left join logged on logged.deal_id = deal.deal_id
      where deal.source_system in (${systems})
    )
    select
      deal_id,
      case
        when not is_closed or is_logged then null
        when ${localDay("closed_at")} = ${localDay("created_at")} then greatest(closed_at, created_at)
        else closed_at
      end as closed_at,
      coalesce(is_closed and not is_logged and ${localDay("closed_at")} < ${localDay("created_at")}, false) as is_migrated
    from told`);
  await engine.run(`update source.deal as deal set
      closed_at = closing.closed_at,
      created_at = case when closing.is_migrated then null else deal.created_at end
    from closing
    where closing.deal_id = deal.deal_id and deal.source_system in (${systems})
      and (closing.closed_at is distinct from deal.closed_at or closing.is_migrated)`);
  const [row] = await engine.rows<{n: number}>(
    "select count(*) filter (is_migrated)::integer as n from closing"
  );
  await engine.run("drop table closing");
  return {nMigrated: row!.n};
}

function closedStages({pipelines}: Pick<Workspace, "pipelines">): string {
  const closed = pipelines.flatMap(({id, stages}) =>
    stages.filter(({kind}) => kind !== "open").map((stage) => `(${literal(id)}, ${literal(stage.id)})`)
  );
  return closed.join(", ");
}

/** A stage's spellings are those of the first pipeline that uses them, as for every log. */
function closedSpellings({pipelines}: Pick<Workspace, "pipelines">): string {
  const kinds = new Map(
    pipelines.flatMap(({stages}) => stages.map(({id, kind}) => [id, kind] as const)).reverse()
  );
  return [...stageSpellings({pipelines})]
    .filter(([, id]) => kinds.get(id) !== "open")
    .map(([spelling]) => literal(spelling))
    .join(", ");
}
