-- What the exports say each deal is now, in the codes of int_deal_change. A deal known from the log alone has no values.
with run as (

  select * from {{ workspace('run') }}

),

record as (

  select
    deal.deal_key,
    deal.deal_id,
    deal.has_record,
    deal.source_system,
    stg.stage_id,
    stg.pipeline_id,
    stg.amount,
    coalesce(stg.currency_code, run.base_currency) as currency_code,
    stg.close_on,
    stg.owner_id,
    stg.forecast_category,
    stg.is_deleted,
    coalesce(stg.outcome, stage.kind) as outcome,
    stg.created_at,
    stg.closed_at,
    stg.last_activity_at,
    stg.deleted_at
  from {{ ref('int_deal_key') }} as deal
  cross join run
  left join {{ ref('stg_deal') }} as stg on stg.deal_id = deal.deal_id
  left join {{ workspace('stage') }} as stage
    on stage.pipeline_id = stg.pipeline_id and stage.stage_id = stg.stage_id

)

select
  record.deal_key,
  record.has_record,
  record.source_system,
  record.outcome,
  record.created_at,
  record.closed_at,
  record.last_activity_at,
  record.deleted_at,
  coalesce(stage.value_code, {{ empty }}) as stage_code,
  coalesce(pipeline.value_code, {{ empty }}) as pipeline_code,
  coalesce(currency.value_code, {{ empty }}) as currency_code,
  coalesce(owner.value_code, {{ empty }}) as owner_code,
  coalesce(category.value_code, {{ empty }}) as category_code,
  coalesce(outcome.value_code, {{ empty }}) as outcome_code,
  coalesce(cast(record.amount * 100 as bigint), {{ empty_amount }}) as amount_code,
  coalesce(2 * date_diff('day', date '1970-01-01', record.close_on), {{ empty }}) as close_code,
  deleted.value_code as deleted_code
from record
left join {{ ref('int_value_spelling') }} as stage
  on stage.field = 'stage_id' and stage.spelling = record.stage_id
left join {{ ref('int_value_spelling') }} as pipeline
  on pipeline.field = 'pipeline_id' and pipeline.spelling = record.pipeline_id
left join {{ ref('int_value_spelling') }} as currency
  on currency.field = 'currency' and currency.spelling = record.currency_code
left join {{ ref('int_value_spelling') }} as owner
  on owner.field = 'owner_id' and owner.spelling = record.owner_id
left join {{ ref('int_value_spelling') }} as category
  on category.field = 'forecast_category' and category.spelling = record.forecast_category
left join {{ ref('int_value_spelling') }} as outcome
  on outcome.field = 'outcome' and outcome.spelling = record.outcome
left join {{ ref('int_value_spelling') }} as deleted
  on deleted.field = 'is_deleted'
  and deleted.spelling = case when record.is_deleted or not record.has_record then 'true' else 'false' end
