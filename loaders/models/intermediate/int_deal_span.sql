-- One row per deal and span of time in which what is known of it stays the same: no gaps, no overlaps, nothing of zero
-- length, from its creation to the as-of day. Later events are not seen. Where an event is logged twice two spans can be
-- equal. Keys are codes of int_value: half the cost of text, which int_deal_interval shows. Stored in the order of deals and times,
-- which chk_intervals_whole holds it to: who wants the span before finds it in the row before.
with run as (

  select * from {{ workspace('run') }}

),

-- The changes of one moment together. Amounts are twice their cents, and one more when assumed.
moment as (

  select
    deal_key,
    happened_at,
    max(case when field_number = 1 and is_final then new_code end) as stage_code,
    max(case when field_number = 2 and is_final then new_code end) as pipeline_code,
    max(case when field_number = 3 and is_final then 2 * new_code end) as amount_code,
    max(case when field_number = 4 and is_final then new_code end) as currency_code,
    max(case when field_number = 5 and is_final then new_code end) as close_code,
    max(case when field_number = 6 and is_final then new_code end) as owner_code,
    max(case when field_number = 7 and is_final then new_code end) as category_code,
    max(case when field_number = 8 and is_final then new_code end) as deleted_code,
    max(case when field_number = 9 and is_final then new_code end) as outcome_code
  from {{ ref('int_deal_change') }}
  group by deal_key, happened_at
  having max(case when is_new then 1 else 0 end) = 1

),

together as (

  select
    deal_key,
    happened_at,
    cast(0 as tinyint) as sequence,
    stage_code,
    pipeline_code,
    2 * amount_code + amount_mark as amount_code,
    currency_code,
    close_code,
    owner_code,
    category_code,
    deleted_code,
    -- Below what is set to empty: nobody says.
    coalesce(outcome_code, {{ empty }} - 2) as outcome_code
  from {{ ref('int_deal_opening') }}
  union all
  select
    deal_key,
    happened_at,
    cast(1 as tinyint) as sequence,
    stage_code,
    pipeline_code,
    amount_code,
    currency_code,
    close_code,
    owner_code,
    category_code,
    deleted_code,
    outcome_code
  from moment
  union all
  select
    deal_key,
    happened_at,
    cast(2 as tinyint) as sequence,
    stage_code,
    pipeline_code,
    2 * amount_code + 1 as amount_code,
    currency_code,
    close_code,
    owner_code,
    category_code,
    deleted_code,
    outcome_code
  from {{ ref('int_deal_closing') }}

),

-- Sorted by deal: every value is carried along from row to row in one pass. A deal's opening comes first and says something of every
-- field, so that nothing is carried from one deal into the next.
event as (

  select
    together.deal_key,
    together.happened_at,
    together.sequence,
    case when together.happened_at >= day.next_from then day.next_on else day.first_on end as happened_on,
    together.amount_code,
    cast(together.stage_code as integer) as stage_code,
    cast(together.pipeline_code as integer) as pipeline_code,
    cast(together.currency_code as integer) as currency_code,
    cast(together.close_code as integer) as close_code,
    cast(together.owner_code as integer) as owner_code,
    cast(together.category_code as integer) as category_code,
    cast(together.deleted_code as integer) as deleted_code,
    cast(together.outcome_code as integer) as outcome_code
  from together
  left join {{ workspace('utc_day') }} as day on day.utc_on = cast(together.happened_at as date)
  cross join run
  -- Asked as a condition of each row: as a join with the one row of run DuckDB takes hardly a row to be left, and holds the larger side of what is joined next.
  where coalesce(together.happened_at < run.as_of_ends_at, false)
  order by together.deal_key, together.happened_at, together.sequence

),

placed as (

  select *, row_number() over ({{ in_order('order by deal_key, happened_at, sequence') }}) as place from event

),

stated as (

  select
    deal_key,
    happened_at as valid_from,
    case when lead(deal_key) over by_deal = deal_key then lead(happened_at) over by_deal end as valid_to,
    happened_on as valid_from_on,
    case when lead(deal_key) over by_deal = deal_key then lead(happened_on) over by_deal end as valid_to_on,
    max_by(amount_code, place) over so_far as amount_code,
    max_by(stage_code, place) over so_far as stage_code,
    max_by(pipeline_code, place) over so_far as pipeline_code,
    max_by(currency_code, place) over so_far as currency_code,
    max_by(close_code, place) over so_far as close_code,
    max_by(owner_code, place) over so_far as owner_code,
    max_by(category_code, place) over so_far as category_code,
    max_by(deleted_code, place) over so_far as deleted_code,
    nullif(max_by(outcome_code, place) over so_far, {{ empty }} - 2) as outcome_code
  from placed
  window
    by_deal as ({{ in_order('partition by deal_key order by happened_at, sequence') }}),
    so_far as (
      {{ in_order('partition by deal_key order by happened_at, sequence') }}
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
    amount_code - abs(amount_code) % 2 as amount_key,
    abs(amount_code) % 2 as amount_mark,
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
  -- A product of decimals is 128 bits wide: only amounts that a double cannot hold to the cent go that way.
  case
    when abs(span.amount_key) < 1000000000000000 then cast(span.amount_key / 200e0 as decimal(18, 2))
    when span.amount_key <> 2 * {{ empty_amount }} then cast(span.amount_key * 0.005 as decimal(18, 2))
  end as amount,
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
order by span.deal_key, span.valid_from
