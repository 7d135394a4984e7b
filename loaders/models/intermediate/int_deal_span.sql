-- One row per deal and span of time in which what is known of it stays the same: no gaps, no overlaps, nothing of zero
-- length, from its creation to the as-of day. Later events are not seen. Where an event is logged twice two spans can be
-- equal. Keys are codes of int_value: half the cost of text, which int_deal_interval shows.
with run as (

  select * from {{ workspace('run') }}

),

event as (

  select
    event.*,
    case when event.happened_at >= day.next_from then day.next_on else day.first_on end as happened_on
  from {{ ref('int_deal_event') }} as event
  left join {{ workspace('utc_day') }} as day on day.utc_on = cast(event.happened_at as date)
  where event.happened_at < (select as_of_ends_at from run)

),

stated as (

  select
    deal_key,
    happened_at as valid_from,
    lead(happened_at) over by_deal as valid_to,
    happened_on as valid_from_on,
    lead(happened_on) over by_deal as valid_to_on,
    last_value(
      case when amount_mark is not null then coalesce(amount, -9999999999999999.99) end ignore nulls
    ) over so_far as amount,
    last_value(amount_mark ignore nulls) over so_far as amount_mark,
    last_value(stage_code ignore nulls) over so_far as stage_code,
    last_value(pipeline_code ignore nulls) over so_far as pipeline_code,
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
    valid_from_on,
    valid_to_on,
    nullif(amount, -9999999999999999.99) as amount,
    amount_mark,
    stage_code - abs(stage_code) % 2 as stage_key,
    abs(stage_code) % 2 as stage_mark,
    pipeline_code - abs(pipeline_code) % 2 as pipeline_key,
    abs(pipeline_code) % 2 as pipeline_mark,
    currency_code - abs(currency_code) % 2 as currency_key,
    abs(currency_code) % 2 as currency_mark,
    close_code - abs(close_code) % 2 as close_key,
    abs(close_code) % 2 as close_mark,
    owner_code - abs(owner_code) % 2 as owner_key,
    abs(owner_code) % 2 as owner_mark,
    category_code - abs(category_code) % 2 as category_key,
    abs(category_code) % 2 as category_mark,
    deleted_code - abs(deleted_code) % 2 as deleted_key,
    abs(deleted_code) % 2 as deleted_mark,
    outcome_code - abs(outcome_code) % 2 as outcome_key,
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
  nullif(span.stage_key, {{ empty }}) as stage_key,
  nullif(span.pipeline_key, {{ empty }}) as pipeline_key,
  coalesce(nullif(span.currency_key, {{ empty }}), fixed.base_key) as currency_key,
  nullif(span.owner_key, {{ empty }}) as owner_key,
  nullif(span.category_key, {{ empty }}) as category_key,
  coalesce(nullif(span.outcome_key, {{ empty }}), kind.outcome_key, fixed.open_key) as outcome_key,
  span.deleted_key = fixed.deleted_key as is_deleted,
  span.amount,
  case
    when span.close_key <> {{ empty }} then date '1970-01-01' + cast(span.close_key / 2 as integer)
  end as close_on,
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
cross join {{ ref('int_fixed_key') }} as fixed
left join {{ ref('int_stage_key') }} as kind
  on kind.stage_key = span.stage_key and kind.pipeline_key = span.pipeline_key
