/** The time machine's spans as a {@link PipelineHistory}: one read, then any past day is a cut in memory. */
import {isFilledAtClosing, type Lacking} from "../../../src/slices/filledIn.ts";
import type {Engine} from "../../engine/engine.ts";
import {identifier} from "../../engine/sqlText.ts";
import {dayOf} from "./calendar.ts";
import {buildHistory, type PipelineHistory, type SpanRow, type StageInfo} from "./pipelineHistory.ts";

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
}

interface SpanColumns {
  deal_id: string[];
  from_day: number[];
  stage_id: (string | null)[];
  outcome: SpanRow["outcome"][];
  amount: (number | null)[];
  close_day: (number | null)[];
  owner_id: (string | null)[];
  category: (string | null)[];
}

const DAY = (sql: string) => `date_diff('day', date '1970-01-01', ${sql})::integer`;

// An assumed amount or date of an open deal is today's word about the past: it is not known then. The list price is.
// Open amounts are converted at the rate of the day the state began, closed ones at that of the closing.
const SPANS = `
  with closed as (
    select deal_key, max(case when outcome = 'open' then valid_to_on end) as closed_on
    from intermediate.int_deal_interval group by deal_key
  ),
  span as (
    select interval_.*, key.deal_id,
      case when interval_.outcome = 'open' then interval_.valid_from_on else coalesce(closed.closed_on, interval_.valid_from_on) end as rate_on,
      case
        when interval_.outcome = 'open' and interval_.is_amount_assumed then null else interval_.amount
      end as known_amount
    from intermediate.int_deal_interval as interval_
    inner join intermediate.int_deal_key as key on key.deal_key = interval_.deal_key
    left join closed on closed.deal_key = interval_.deal_key
  )
  select span.deal_id, ${DAY("span.valid_from_on")} as from_day,
    span.pipeline_id || '/' || span.stage_id as stage_id,
    case when span.is_deleted then 'gone' else span.outcome end as outcome,
    cast(coalesce(span.known_amount,
      case when run.missing_amount = 'list_price' and span.outcome = 'open' then product.list_amount end) * fx.rate as decimal(18, 2))::double as amount,
    case when not span.is_close_on_assumed then ${DAY("span.close_on")} end as close_day,
    coalesce(person.person_name, span.owner_id) as owner_id,
    coalesce(case when not span.is_forecast_category_assumed then span.forecast_category end, stage.forecast_category) as category
  from span
  cross join workspace.run as run
  left join intermediate.int_deal_product as product on product.deal_id = span.deal_id
  left join staging.stg_person as person on person.person_id = span.owner_id
  left join workspace.stage as stage on stage.pipeline_id = span.pipeline_id and stage.stage_id = span.stage_id
  left join intermediate.int_fx_period as fx
    on fx.currency_code = span.currency_code and fx.from_on <= span.rate_on and fx.to_on > span.rate_on
  order by span.deal_key, span.valid_from`;

/** Reads the whole history of a built warehouse. */
export async function readHistory(engine: Engine, firstMonth: number): Promise<ReadHistory> {
  const [run] = await engine.rows<{as_of: string}>("select as_of::varchar as as_of from workspace.run");
  const stages = await engine.rows<StageInfo>(`
    select pipeline_id || '/' || stage_id as id, stage_name as name, stage_order as "order", kind, probability::double as probability
    from workspace.stage order by pipeline_id, stage_order`);
  const spans = (await engine.columns(SPANS)) as unknown as SpanColumns;
  const rows = (spans.deal_id ?? []).map(
    (deal, i): SpanRow => ({
      deal,
      from: spans.from_day[i]!,
      outcome: spans.outcome[i]!,
      stage: spans.stage_id[i]!,
      amount: spans.amount[i]!,
      closeOn: spans.close_day[i]!,
      owner: spans.owner_id[i]!,
      category: categoryWord(spans.category[i]!)
    })
  );
  const custom = await engine.rows<{column: string; label: string}>(`
    select 'x_' || name as "column", label from workspace.custom_attribute
    where table_name = 'deal' and is_slice and type in ('text', 'boolean', 'category') order by name`);
  const named = [...ATTRIBUTES, ...custom.map(({column, label}) => [column, label] as const)];
  const deals = (await engine.columns(
    `select deal_id, outcome, ${named.map(([column]) => `${identifier(column)}::varchar as ${identifier(column)}`).join(", ")} from marts.deals`
  )) as Record<string, (string | null)[]>;
  const withheld: string[] = [];
  const attributes: Record<string, Map<string, string | null>> = {};
  for (const [column, label] of named) {
    const values = deals[column] ?? [];
    const outcomes = deals["outcome"] as string[];
    if (isFilledAtClosing(lacking(values, outcomes, true), lacking(values, outcomes, false)))
      withheld.push(label);
    else attributes[column] = new Map(values.map((value, i) => [deals["deal_id"]![i]!, value]));
  }
  const history = buildHistory({
    rows,
    stages,
    attributes,
    labels: Object.fromEntries(named),
    asOf: dayOf(run!.as_of),
    firstMonth
  });
  return {history, withheld};
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
