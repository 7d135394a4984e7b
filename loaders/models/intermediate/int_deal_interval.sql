-- materialized: view
-- The spans of int_deal_span with their values as text. One row per deal and span of constant known state; deal_id is in
-- int_deal_key. For sums over all of them read the spans and look the keys up in the result.
select
  span.deal_key,
  span.valid_from,
  span.valid_to,
  span.valid_from_on,
  span.valid_to_on,
  stage.value as stage_id,
  pipeline.value as pipeline_id,
  span.amount,
  currency.value as currency_code,
  span.close_on,
  owner.value as owner_id,
  category.value as forecast_category,
  span.is_deleted,
  outcome.value as outcome,
  span.is_stage_assumed,
  span.is_pipeline_assumed,
  span.is_amount_assumed,
  span.is_currency_assumed,
  span.is_close_on_assumed,
  span.is_owner_assumed,
  span.is_forecast_category_assumed,
  span.is_deleted_assumed,
  span.is_outcome_assumed
from {{ ref('int_deal_span') }} as span
left join {{ ref('int_value') }} as stage on stage.value_code = span.stage_key
left join {{ ref('int_value') }} as pipeline on pipeline.value_code = span.pipeline_key
left join {{ ref('int_value') }} as currency on currency.value_code = span.currency_key
left join {{ ref('int_value') }} as owner on owner.value_code = span.owner_key
left join {{ ref('int_value') }} as category on category.value_code = span.category_key
left join {{ ref('int_value') }} as outcome on outcome.value_code = span.outcome_key
