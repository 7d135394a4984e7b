/** The time machine's spans as a {@link PipelineHistory}: one read, then any past day is a cut in memory. */
import {isFilledAtClosing, type Lacking} from "../../../src/slices/filledIn.ts";
import type {Engine} from "../../engine/engine.ts";
import {identifier} from "../../engine/sqlText.ts";
import {dayOf} from "./calendar.ts";
import {codedHistory, type SpanColumns} from "./codedHistory.ts";
import {GONE, LOST, OPEN, type PipelineHistory, type StageInfo, WON} from "./pipelineHistory.ts";

/** Attributes that models may use, with the label a reader knows. None has a history: they are as the record has them. */
const ATTRIBUTES: readonly (readonly [string, string])[] = [
  ["deal_type", "Deal type"],
  ["lead_source", "Lead source"],
  ["channel", "Channel"],
  ["partner", "Partner"],
  ["product_family", "Product family"],
  ["product", "Product"],
  ["region", "Region"],
  ["segment", "Segment"],
  ["industry", "Industry"]
];

export interface ReadHistory {
  history: PipelineHistory;
  /** Attributes left out because whether they are filled in tells that a deal has closed. */
  withheld: string[];
  /** Open deals left out because no day of creation is known: no past deal was known before its own, so they are new business to come. */
  nUndated: number;
}

const DAY = (sql: string) => `date_diff('day', date '1970-01-01', ${sql})::integer`;

// Words leave the database as codes: of a million deals there are millions of states.
const OWNERS = `select owner_id, name, cast(dense_rank() over (order by name) - 1 as integer) as code from (
    select known.owner_id, coalesce(person.person_name, known.owner_id) as name
    from (select distinct owner_id from intermediate.int_deal_interval where owner_id is not null) as known
    left join staging.stg_person as person on person.person_id = known.owner_id
  ) as named`;
const STAGES = `select *, cast(row_number() over (order by pipeline_id, stage_order) - 1 as integer) as code from workspace.stage`;
const CATEGORY_WORDS = `select word, cast(row_number() over (order by word) - 1 as integer) as code from (
    select forecast_category as word from intermediate.int_deal_interval where forecast_category is not null
    union select forecast_category from workspace.stage where forecast_category is not null
  ) as said`;

const UNDATED = `select opening.deal_key from intermediate.int_deal_opening as opening
    inner join intermediate.int_deal_key as key on key.deal_key = opening.deal_key
    inner join marts.deals as deal on deal.deal_id = key.deal_id
    where opening.is_time_assumed and deal.outcome = 'open'`;

// An assumed stage, amount, date or category of an open deal is today's word about the past: it is not known then, but on the
// as-of day it is, which is a state of its own. A stage that only deals still open have would say that they do not close. The
// list price is always known.
// Open amounts are converted at the rate of the day the state began, closed ones likewise, or of deals that are won now at that of the day on
// which every page counts them, if that was before. Nothing here asks what came after a state: a past day must not know it.
const SPANS = `
  with span as (
    select interval_.*, key.deal_id, interval_.valid_from_on as from_on, false as is_today,
      case when interval_.outcome = 'won' and not interval_.is_deleted then deal.closed_on end as won_on,
      case when interval_.outcome = 'won' and deal.closed_on < interval_.valid_from_on then deal.closed_on else interval_.valid_from_on end as rate_on,
      case
        when interval_.outcome = 'open' and interval_.is_stage_assumed then null else interval_.stage_id
      end as known_stage,
      case
        when interval_.outcome = 'open' and interval_.is_amount_assumed then null else interval_.amount
      end as known_amount,
      case when not interval_.is_close_on_assumed then interval_.close_on end as known_close_on,
      case when not interval_.is_forecast_category_assumed then interval_.forecast_category end as known_category
    from intermediate.int_deal_interval as interval_
    inner join intermediate.int_deal_key as key on key.deal_key = interval_.deal_key
    left join marts.deals as deal on deal.deal_id = key.deal_id and deal.outcome = 'won'
    where interval_.deal_key not in (${UNDATED})
  ),
  state as (
    select * from span
    union all
    select span.* replace (
        run.as_of as from_on, true as is_today, run.as_of as rate_on,
        span.stage_id as known_stage, span.amount as known_amount, span.close_on as known_close_on, span.forecast_category as known_category
      )
    from span cross join workspace.run as run
    where span.valid_to is null and span.outcome = 'open' and not span.is_deleted
      and (span.is_stage_assumed or span.is_amount_assumed or span.is_close_on_assumed or span.is_forecast_category_assumed)
  )
  select span.deal_key as deal, ${DAY("span.from_on")} as "from",
    coalesce(stage.code, -1) as stage,
    case when span.is_deleted then ${GONE} when span.outcome = 'won' then ${WON} when span.outcome = 'lost' then ${LOST} else ${OPEN} end as outcome,
    cast(coalesce(span.known_amount,
      case when run.missing_amount = 'list_price' and span.outcome = 'open' then product.list_amount end) * fx.rate as decimal(18, 2))::double as amount,
    ${DAY("span.known_close_on")} as "closeOn",
    ${DAY("span.won_on")} as "wonOn",
    coalesce(owner.code, -1) as owner,
    coalesce(category.code, -1) as category
  from state as span
  cross join workspace.run as run
  left join intermediate.int_deal_product as product on product.deal_id = span.deal_id
  left join (${OWNERS}) as owner on owner.owner_id = span.owner_id
  left join (${STAGES}) as stage on stage.pipeline_id = span.pipeline_id and stage.stage_id = span.known_stage
  left join (${CATEGORY_WORDS}) as category
    on category.word = coalesce(span.known_category, stage.forecast_category)
  left join intermediate.int_fx_period as fx
    on fx.currency_code = span.currency_code and fx.from_on <= span.rate_on and fx.to_on > span.rate_on
  order by span.deal_key, span.valid_from, span.is_today`;

/** Reads the whole history of a built warehouse. */
export async function readHistory(engine: Engine, firstMonth: number): Promise<ReadHistory> {
  const [run] = await engine.rows<{as_of: string}>("select as_of::varchar as as_of from workspace.run");
  const stages = await engine.rows<StageInfo>(`
    select pipeline_id || '/' || stage_id as id, stage_name as name, stage_order as "order", kind, probability::double as probability
    from workspace.stage order by pipeline_id, stage_order`);
  const words = (sql: string) => engine.rows<{code: number; word: string}>(sql);
  const owners = await words(`select distinct code, name as word from (${OWNERS}) as known order by code`);
  const categories = await words(`select code, word from (${CATEGORY_WORDS}) as known order by code`);
  const keys = (await engine.columns(
    "select deal_key, deal_id from intermediate.int_deal_key order by deal_key"
  )) as {deal_key: number[]; deal_id: string[]};
  const spans = (await engine.columns(SPANS)) as unknown as SpanColumns;
  const custom = await engine.rows<{column: string; label: string}>(`
    select 'x_' || name as "column", label from workspace.custom_attribute
    where table_name = 'deal' and is_slice and type in ('text', 'boolean', 'category') order by name`);
  const named = [...ATTRIBUTES, ...custom.map(({column, label}) => [column, label] as const)];
  const withheld: string[] = [];
  const attributes: Record<string, (string | null)[]> = {};
  for (const [column, label] of named) {
    // One at a time: texts of a million deals weigh.
    const deals = (await engine.columns(`
      select key.deal_key, deal.outcome, deal.${identifier(column)}::varchar as value
      from marts.deals as deal inner join intermediate.int_deal_key as key on key.deal_id = deal.deal_id`)) as {
      deal_key?: number[];
      outcome?: string[];
      value?: (string | null)[];
    };
    const [values, outcomes] = [deals.value ?? [], deals.outcome ?? []];
    if (isFilledAtClosing(lacking(values, outcomes, true), lacking(values, outcomes, false)))
      withheld.push(label);
    else {
      const byKey: (string | null)[] = new Array(1 + (keys.deal_key?.at(-1) ?? 0)).fill(null);
      // Each word once: a column has a text of its own in every row.
      const once = new Map<string | null, string | null>();
      for (const [i, key] of (deals.deal_key ?? []).entries()) {
        const value = values[i]!;
        if (!once.has(value)) once.set(value, value);
        byKey[key] = once.get(value)!;
      }
      attributes[column] = byKey;
    }
  }
  const history = codedHistory({
    ...{spans, stages, attributes, labels: Object.fromEntries(named)},
    idOf: new Map((keys.deal_key ?? []).map((key, i) => [key, keys.deal_id[i]!])),
    owners: owners.map(({word}) => word),
    categories: categories.map(({word}) => categoryWord(word)),
    asOf: dayOf(run!.as_of),
    firstMonth
  });
  const [undated] = await engine.rows<{n: number}>(`select count(*)::integer as n from (${UNDATED})`);
  return {history, withheld, nUndated: undated!.n};
}

function lacking(values: readonly (string | null)[], outcomes: readonly string[], isOpen: boolean): Lacking {
  const side = values.filter((_, i) => (outcomes[i] === "open") === isOpen);
  return {n: side.length, missing: side.filter((value) => value === null).length};
}

/** The category as the models know it; CRMs spell it "Best Case", "BestCase" or "BEST_CASE". */
function categoryWord(word: string | null): string | null {
  if (word === null) return null;
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, "");
  const known: Record<string, string> = {
    omitted: "omitted",
    omit: "omitted",
    pipeline: "pipeline",
    bestcase: "best_case",
    mostlikely: "most_likely",
    commit: "commit",
    forecast: "commit",
    committed: "commit",
    closed: "closed"
  };
  return known[plain] ?? null;
}
