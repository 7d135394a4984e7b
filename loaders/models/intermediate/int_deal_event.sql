-- Everything that happened to a deal, in one order: how it was created, its log, and what the log left out. Each code
-- column is null when the event leaves the field alone; else the new value (int_deal_change says how), odd when assumed,
-- {{ empty }} when set to empty. A change to the value the field had anyway is left out.
-- is_time_assumed: nothing says when, so it stands at the newest moment of the exports.
select
  deal_key,
  happened_at,
  cast(0 as bigint) as sequence,
  is_time_assumed,
  stage_code,
  pipeline_code,
  amount_code,
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
  case when field_number = 1 then new_code end as stage_code,
  case when field_number = 2 then new_code end as pipeline_code,
  case when field_number = 3 then new_code end as amount_code,
  case when field_number = 4 then new_code end as currency_code,
  case when field_number = 5 then new_code end as close_code,
  case when field_number = 6 then new_code end as owner_code,
  case when field_number = 7 then new_code end as category_code,
  case when field_number = 8 then new_code end as deleted_code,
  case when field_number = 9 then new_code end as outcome_code
from {{ ref('int_deal_change') }}
where previous_code is null or previous_code <> new_code
union all
select
  deal_key,
  happened_at,
  cast(4000000000000000000 as bigint) as sequence,
  is_time_assumed,
  stage_code,
  pipeline_code,
  amount_code,
  currency_code,
  close_code,
  owner_code,
  category_code,
  deleted_code,
  outcome_code
from {{ ref('int_deal_closing') }}
