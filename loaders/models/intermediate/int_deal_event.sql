-- materialized: view
-- Everything that happened to a deal, in one order: how it was created, its log, and what the log left out. Each code
-- column is null when the event leaves the field alone; else the new value (int_deal_change says how), odd when assumed,
-- {{ empty }} when set to empty. Of the amount, amount_mark says it: null when left alone, 0 known, 1 assumed.
-- A change to the value the field had anyway is left out.
-- is_time_assumed: nothing says when, so it stands at the newest moment of the exports.
with together as (

  select
    deal_key,
    happened_at,
    cast(0 as bigint) as sequence,
    is_time_assumed,
    amount_code,
    amount_mark,
    stage_code,
    pipeline_code,
    currency_code,
    close_code,
    owner_code,
    category_code,
    deleted_code,
    outcome_code
  from {{ ref('int_deal_opening') }}
  union all
  select
    deal_key,
    happened_at,
    sequence,
    false as is_time_assumed,
    case when field_number = 3 then new_code end as amount_code,
    case when field_number = 3 then 0 end as amount_mark,
    case when field_number = 1 then new_code end as stage_code,
    case when field_number = 2 then new_code end as pipeline_code,
    case when field_number = 4 then new_code end as currency_code,
    case when field_number = 5 then new_code end as close_code,
    case when field_number = 6 then new_code end as owner_code,
    case when field_number = 7 then new_code end as category_code,
    case when field_number = 8 then new_code end as deleted_code,
    case when field_number = 9 then new_code end as outcome_code
  from {{ ref('int_deal_change') }}
  where is_new
  union all
  select
    deal_key,
    happened_at,
    cast(4000000000000000000 as bigint) as sequence,
    is_time_assumed,
    amount_code,
    case when amount_code is not null then 1 end as amount_mark,
    stage_code,
    pipeline_code,
    currency_code,
    close_code,
    owner_code,
    category_code,
    deleted_code,
    outcome_code
  from {{ ref('int_deal_closing') }}

)

select
  together.deal_key,
  together.happened_at,
  together.sequence,
  together.is_time_assumed,
  case when together.amount_code <> {{ empty_amount }} then cast(together.amount_code * 0.01 as decimal(18, 2)) end as amount,
  cast(together.amount_mark as tinyint) as amount_mark,
  cast(together.stage_code as integer) as stage_code,
  cast(together.pipeline_code as integer) as pipeline_code,
  cast(together.currency_code as integer) as currency_code,
  cast(together.close_code as integer) as close_code,
  cast(together.owner_code as integer) as owner_code,
  cast(together.category_code as integer) as category_code,
  cast(together.deleted_code as integer) as deleted_code,
  cast(together.outcome_code as integer) as outcome_code
from together
