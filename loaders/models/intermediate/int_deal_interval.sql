-- One row per deal and span of time in which what is known of it stays the same: no gaps, no overlaps, nothing of zero
-- length, from its creation to the as-of day. Later events are not seen. Where an event is logged twice two spans can be equal.
with run as (

  select * from {{ workspace('run') }}

),

event as (

  select event.*
  from {{ ref('int_deal_event') }} as event
  cross join run
  where event.happened_at < run.as_of_ends_at

),

stated as (

  select
    deal_key,
    happened_at as valid_from,
    lead(happened_at) over by_deal as valid_to,
    last_value(stage_code ignore nulls) over so_far as stage_code,
    last_value(pipeline_code ignore nulls) over so_far as pipeline_code,
    last_value(amount_code ignore nulls) over so_far as amount_code,
    last_value(currency_code ignore nulls) over so_far as currency_code,
    last_value(close_code ignore nulls) over so_far as close_code,
    last_value(owner_code ignore nulls) over so_far as owner_code,
    last_value(category_code ignore nulls) over so_far as category_code,
    last_value(deleted_code ignore nulls) over so_far as deleted_code,
    last_value(outcome_code ignore nulls) over so_far as outcome_code
  from event
  window
    by_deal as (partition by deal_key order by happened_at, sequence),
    so_far as (
      partition by deal_key order by happened_at, sequence
      rows between unbounded preceding and current row
    )

),

span as (

  select
    deal_key,
    valid_from,
    valid_to,
    {{ local_day('valid_from') }} as valid_from_on,
    {{ local_day('valid_to') }} as valid_to_on,
    stage_code,
    abs(stage_code) % 2 as stage_mark,
    pipeline_code,
    abs(pipeline_code) % 2 as pipeline_mark,
    amount_code,
    abs(amount_code) % 2 as amount_mark,
    currency_code,
    abs(currency_code) % 2 as currency_mark,
    close_code,
    abs(close_code) % 2 as close_mark,
    owner_code,
    abs(owner_code) % 2 as owner_mark,
    category_code,
    abs(category_code) % 2 as category_mark,
    deleted_code,
    abs(deleted_code) % 2 as deleted_mark,
    outcome_code,
    abs(outcome_code) % 2 as outcome_mark
  from stated
  where valid_to is null or valid_to > valid_from

)

select
  span.deal_key,
  span.valid_from,
  span.valid_to,
  span.valid_from_on,
  span.valid_to_on,
  stage.value as stage_id,
  pipeline.value as pipeline_id,
  case
    when span.amount_code - span.amount_mark <> {{ empty }}
      then cast((span.amount_code - span.amount_mark) * 0.005 as decimal(18, 2))
  end as amount,
  coalesce(currency.value, run.base_currency) as currency_code,
  case
    when span.close_code - span.close_mark <> {{ empty }}
      then date '1970-01-01' + cast((span.close_code - span.close_mark) * 0.5 as integer)
  end as close_on,
  owner.value as owner_id,
  category.value as forecast_category,
  deleted.value = 'true' as is_deleted,
  coalesce(outcome.value, kind.kind, 'open') as outcome,
  span.stage_mark = 1 as is_stage_assumed,
  span.pipeline_mark = 1 as is_pipeline_assumed,
  span.amount_mark = 1 as is_amount_assumed,
  span.currency_mark = 1 as is_currency_assumed,
  span.close_mark = 1 as is_close_on_assumed,
  span.owner_mark = 1 as is_owner_assumed,
  span.category_mark = 1 as is_forecast_category_assumed,
  span.deleted_mark = 1 as is_deleted_assumed,
  coalesce(span.outcome_mark, span.stage_mark) = 1 as is_outcome_assumed
from span
cross join run
left join {{ ref('int_value') }} as stage on stage.value_code = span.stage_code - span.stage_mark
left join {{ ref('int_value') }} as pipeline on pipeline.value_code = span.pipeline_code - span.pipeline_mark
left join {{ ref('int_value') }} as currency on currency.value_code = span.currency_code - span.currency_mark
left join {{ ref('int_value') }} as owner on owner.value_code = span.owner_code - span.owner_mark
left join {{ ref('int_value') }} as category on category.value_code = span.category_code - span.category_mark
left join {{ ref('int_value') }} as outcome on outcome.value_code = span.outcome_code - span.outcome_mark
left join {{ ref('int_value') }} as deleted on deleted.value_code = span.deleted_code - span.deleted_mark
left join {{ workspace('stage') }} as kind
  on kind.pipeline_id = pipeline.value and kind.stage_id = stage.value
