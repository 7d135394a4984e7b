/** What workspace.yaml says, as tables of the `workspace` schema, so that models read it like any other relation. */
import {createTable} from "../engine/createTable.ts";
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {EXIT, WeirError} from "../weirError.ts";
import {CRITERION_TESTS, criterionChoices, criterionInWords} from "../workspace/criteria.ts";
import {fiscalMonths} from "../workspace/fiscalCalendar.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {Workspace} from "../workspace/schema.ts";
import {stageSpellings} from "../workspace/stageSpellings.ts";
import {createAudienceTable, type WarehouseAudience} from "./audienceTable.ts";
import {DONE_OR_PLANNED, HAPPENED} from "./happened.ts";
import {dayEndsAtSql, localDay} from "./localDay.ts";
import {refuseLoneDay} from "./loneDay.ts";

/** Years the calendar goes beyond the as-of day: open deals carry close dates ahead of the data. */
const YEARS_AHEAD = 3;

/** Creates workspace.run, audience, pipeline, stage, stage_spelling, criterion, day, fiscal_month and custom_attribute; returns the as-of day. */
export async function createWorkspaceTables(
  engine: Engine,
  workspace: LoadedWorkspace,
  audience?: WarehouseAudience
): Promise<string> {
  const {config, file} = workspace;
  const span = await eventSpan(engine, config.time_zone);
  const {first} = span;
  const {newest, newest_at} = audience ? {newest: audience.newest.on, newest_at: audience.newest.at} : span;
  if (!audience && config.as_of === undefined) await refuseLoneDay(engine, config.time_zone);
  const asOf = config.as_of ?? newest;
  if (!asOf || !first)
    throw new WeirError("The exports hold no dated event", {
      exitCode: EXIT.data,
      problems: [
        {
          what: "no deal has a creation or close time, and there is no change log",
          file,
          expected: "created_at, closed_at or a deal_event table",
          fix: "map one of them, or set as_of"
        }
      ]
    });
  await engine.run("create schema if not exists workspace");
  await createTable(
    engine,
    "workspace.run",
    "as_of date, as_of_ends_at timestamp, newest_on date, newest_at timestamp, seed bigint, company varchar, about varchar, base_currency varchar, is_synthetic boolean, time_zone varchar, missing_amount varchar, region_from varchar, order_within_days integer, week_starts_on varchar, stale_after_days integer, deal_url varchar, twin varchar",
    [
      [
        asOf,
        await dayEndsAt(engine, asOf, config.time_zone),
        newest,
        newest_at,
        config.seed,
        config.company,
        config.about,
        config.base_currency,
        config.synthetic || config.generate !== undefined,
        config.time_zone,
        config.assumptions.missing_amount,
        config.assumptions.region_from,
        config.assumptions.order_within_days,
        config.fiscal_calendar.week_starts_on,
        config.stale_after_days,
        config.crm?.deal_url,
        (config.generate ?? config.made_by)?.twin
      ]
    ]
  );
  await createAudienceTable(engine, audience);
  await createPartnerProgram(engine, config.partner_program);
  const {marketing, credit} = config;
  await createTable(
    engine,
    "workspace.marketing",
    "touch_window_days integer, gross_margin double, partner_sourced decimal(5, 4), partner_influenced decimal(5, 4), marketing_sourced decimal(5, 4), marketing_influenced decimal(5, 4)",
    [
      [
        marketing.touch_window_days,
        marketing.gross_margin,
        credit.partner_sourced,
        credit.partner_influenced,
        credit.marketing_sourced,
        credit.marketing_influenced
      ]
    ]
  );
  await createTable(engine, "workspace.subscription_rule", "grace_days integer", [
    [config.subscriptions.grace_days]
  ]);
  await createTable(
    engine,
    "workspace.no_decision_reason",
    "loss_reason varchar",
    config.assumptions.no_decision_reasons.map((reason) => [reason])
  );
  await createTable(
    engine,
    "workspace.pipeline",
    "pipeline_id varchar, pipeline_name varchar, pipeline_order integer",
    config.pipelines.map(({id, name}, index) => [id, name ?? id, index + 1])
  );
  await createTable(
    engine,
    "workspace.stage",
    "pipeline_id varchar, stage_id varchar, stage_name varchar, stage_order integer, kind varchar, probability double, forecast_category varchar, day_limit integer, is_qualified boolean",
    config.pipelines.flatMap((pipeline) =>
      pipeline.stages.map(({id, name, kind, probability, forecast_category, day_limit}, index) => [
        pipeline.id,
        id,
        name ?? id,
        index + 1,
        kind,
        probability ?? (kind === "won" ? 1 : kind === "lost" ? 0 : null),
        forecast_category,
        day_limit,
        qualifies(pipeline, index)
      ])
    )
  );
  await createTable(
    engine,
    "workspace.criterion",
    "pipeline_id varchar, stage_id varchar, side varchar, rule_order integer, field varchar, test varchar, value varchar, choices varchar, bound double, in_words varchar",
    config.pipelines.flatMap((pipeline) =>
      pipeline.stages.flatMap((stage) =>
        (["entry", "exit"] as const).flatMap((side) =>
          stage[side].map((rule, index) => {
            const test = CRITERION_TESTS.find((each) => rule[each] !== undefined)!;
            const value = JSON.stringify(rule[test]);
            return [
              pipeline.id,
              stage.id,
              side,
              index + 1,
              rule.field,
              test,
              value,
              criterionChoices(rule),
              rule.at_least ?? rule.at_most ?? rule.within_days,
              rule.why ?? criterionInWords(rule)
            ];
          })
        )
      )
    )
  );
  await createTable(
    engine,
    "workspace.stage_spelling",
    "spelling varchar, stage_id varchar",
    [...stageSpellings(config)].map(([spelling, id]) => [spelling, id])
  );
  await engine.run(`create table workspace.day as select cast(range as date) as day_on
    from range(date ${literal(first)}, date ${literal(asOf)} + 1, interval 1 day)`);
  await createUtcDays(engine, first, newest && newest > asOf ? newest : asOf, config.time_zone);
  const ahead = `${Number(asOf.slice(0, 4)) + YEARS_AHEAD}${asOf.slice(4)}`;
  const quotas = await quotaSpan(engine);
  const firstMonth = [first, quotas.first ?? first].sort()[0]!;
  const lastMonth = [ahead, quotas.last ?? ahead].sort()[1]!;
  await createTable(
    engine,
    "workspace.fiscal_month",
    "starts_on date, ends_on date, month_label varchar, quarter_starts_on date, quarter_ends_on date, quarter_label varchar, year_starts_on date, year_ends_on date, year_label varchar",
    fiscalMonths(firstMonth, lastMonth, config.fiscal_calendar).map((month) => Object.values(month))
  );
  await createTable(
    engine,
    "workspace.custom_attribute",
    "name varchar, label varchar, table_name varchar, type varchar, is_slice boolean",
    config.custom_attributes.map(({name, label, table, type, slice}) => [
      name,
      label ?? name.replaceAll("_", " "),
      table,
      type,
      slice
    ])
  );
  return asOf;
}

/** workspace.partner_program (one row), partner_tier in rising order, and payout_rule in the order they are tried. */
async function createPartnerProgram(engine: Engine, program: Workspace["partner_program"]): Promise<void> {
  const {sourcing_window_days, grace_days, active_days, fund_window_days, payout_due_days} = program;
  await createTable(
    engine,
    "workspace.partner_program",
    "sourcing_window_days integer, grace_days integer, active_days integer, fund_window_days integer, payout_due_days integer",
    [[sourcing_window_days, grace_days, active_days, fund_window_days, payout_due_days]]
  );
  await createTable(
    engine,
    "workspace.partner_tier",
    "tier varchar, tier_order integer, won_a_year decimal(18, 2), n_trainings integer",
    program.tiers.map((tier, index) => {
      const rule = program.tier_rules.find((each) => each.tier === tier);
      return [tier, index + 1, rule?.won_a_year ?? null, rule?.n_trainings ?? null];
    })
  );
  // A rule for several tiers or kinds is several rows of one order; null stands for all.
  await createTable(
    engine,
    "workspace.payout_rule",
    "rule_order integer, part varchar, tier varchar, kind varchar, rate decimal(9, 6), at_most decimal(18, 2)",
    program.payout_rules.flatMap(({part, tiers, kinds, rate, at_most}, index) =>
      (tiers ?? [null]).flatMap((tier) =>
        (kinds ?? [null]).map((kind) => [index + 1, part, tier, kind, rate, at_most])
      )
    )
  );
}

/**
 * workspace.utc_day: the local day at the start of each UTC one, and the moment within it at which the next local day
 * begins, if it does. A join with it gives local days at a tenth of the cost of converting each timestamp.
 */
async function createUtcDays(engine: Engine, first: string, last: string, timeZone: string): Promise<void> {
  await engine.run(`create table workspace.utc_day as
    with started as (
      select cast(range as date) as utc_on, ${localDay("range", timeZone)} as first_on
      from range(date ${literal(first)} - 2, date ${literal(last)} + 3, interval 1 day)
    ),
    ended as (select *, ${dayEndsAtSql("first_on", timeZone)} as next_from from started)
    select utc_on, first_on,
      case when next_from < utc_on + 1 then next_from end as next_from,
      case when next_from < utc_on + 1 then ${localDay("next_from", timeZone)} end as next_on
    from ended`);
}

/**
 * First and newest local day on which anything is known to have happened; close dates ahead do not count, and activities, which may
 * be planned, say the newest only where nothing else has a day.
 */
async function eventSpan(engine: Engine, timeZone: string): Promise<EventSpan> {
  const [span] = await engine.rows<EventSpan>(`
    select ${localDay("first_at", timeZone)}::varchar as first,
      ${localDay("newest_at", timeZone)}::varchar as newest, newest_at::varchar as newest_at
    from (
      select least(happened.first_at, other.first_at) as first_at, coalesce(happened.newest_at, other.newest_at) as newest_at
      from (select min(happened_at) as first_at, max(happened_at) as newest_at from ${HAPPENED}) as happened,
        (select min(happened_at) as first_at, max(happened_at) as newest_at from ${DONE_OR_PLANNED}) as other
    )`);
  return span!;
}

/** Quotas may begin before the first event and end after the last. */
async function quotaSpan(engine: Engine): Promise<{first: string | null; last: string | null}> {
  const [span] = await engine.rows<{first: string | null; last: string | null}>(
    "select min(starts_on)::varchar as first, max(ends_on)::varchar as last from source.quota"
  );
  return span!;
}

interface EventSpan {
  first: string | null;
  newest: string | null;
  newest_at: string | null;
}

/** The UTC moment at which a local day ends: the first that belongs to the next one. */
async function dayEndsAt(engine: Engine, day: string, timeZone: string): Promise<string> {
  const [row] = await engine.rows<{at: string}>(
    `select ${dayEndsAtSql(literal(day), timeZone)}::varchar as at`
  );
  return row!.at;
}

/** Whether a deal in this stage is qualified: the named stage or a later one, not lost; null where none is named. */
function qualifies({qualified_from, stages}: Workspace["pipelines"][number], index: number): boolean | null {
  if (qualified_from === undefined) return null;
  return stages[index]!.kind !== "lost" && index >= stages.findIndex(({id}) => id === qualified_from);
}
