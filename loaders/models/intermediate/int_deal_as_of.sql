-- The deals that exist at the end of the as-of day, as they stood then, with their amounts in base currency: open ones at
-- that day's rate, closed ones at the rate of the day they closed. loaders/warehouse/snapshot.ts runs the same text for
-- any earlier day.
with run as (

  select * from {{ workspace('run') }}

),

-- Keys alone until the end: as text the whole history would lie in memory.
life as (

  select
    span.deal_key,
    span.valid_from,
    span.valid_to,
    span.owner_key,
    span.outcome_key = fixed.open_key as is_open,
    span.outcome_key = fixed.won_key as is_won,
    span.is_outcome_assumed
  from {{ ref('int_deal_span') }} as span
  cross join {{ ref('int_fixed_key') }} as fixed
  cross join run
  -- A condition of each row, as in int_deal_span.
  where coalesce(span.valid_from < run.as_of_ends_at, false)

),

present as (

  select span.*, span.outcome_key = fixed.open_key as is_open
  from {{ ref('int_deal_span') }} as span
  cross join {{ ref('int_fixed_key') }} as fixed
  cross join run
  where
    coalesce(span.valid_from < run.as_of_ends_at, false)
    and (span.valid_to is null or span.valid_to >= run.as_of_ends_at)
    and not span.is_deleted

),

-- A closed deal closed when its present outcome began, whatever it was before: one that was lost and then won without being
-- reopened closed when it was won. One that was never seen otherwise closed when it is first seen.
outcome_life as (

  select
    deal_key,
    max(case when is_open then valid_to end) as open_until,
    max(case when is_won then valid_to end) as won_until,
    max(case when not is_open and not is_won then valid_to end) as lost_until,
    max_by(is_won, valid_from) as is_won,
    min(valid_from) as born_at
  from life
  group by deal_key

),

begun as (

  select
    deal_key,
    born_at,
    coalesce(
      case
        when is_won and (lost_until is null or open_until > lost_until) then open_until
        when is_won then lost_until
        when won_until is null or open_until > won_until then open_until
        else won_until
      end,
      born_at
    ) as closed_at
  from outcome_life

),

closing as {{ held }} (

  select
    begun.deal_key,
    begun.born_at,
    begun.closed_at,
    life.owner_key as owner_key_at_close,
    life.is_outcome_assumed as is_close_assumed
  from begun
  inner join life on life.deal_key = begun.deal_key and life.valid_from = begun.closed_at

),

-- The record's own closing time is preferred to the moment the log shows, unless it lies ahead or is of a later closing.
dated as {{ held }} (

  select
    present.*,
    closing.born_at,
    case
      when present.is_open then null
      when record.outcome <> 'open' and record.closed_at < run.as_of_ends_at then record.closed_at
      when not closing.is_close_assumed then closing.closed_at
    end as closed_at,
    case when not present.is_open then closing.owner_key_at_close end as owner_key_at_close
  from present
  cross join run
  left join closing on closing.deal_key = present.deal_key
  left join {{ ref('int_deal_record') }} as record on record.deal_key = present.deal_key

),

priced as (

  select
    dated.*,
    key.deal_id,
    {{ local_day('dated.born_at') }} as born_on,
    {{ local_day('dated.closed_at') }} as closed_on,
    coalesce(
      dated.amount,
      case when run.missing_amount = 'list_price' and dated.is_open then product.list_amount end
    ) as counted_amount,
    dated.amount is null
      and run.missing_amount = 'list_price'
      and dated.is_open
      and product.list_amount is not null as is_list_price,
    case
      when dated.is_open or dated.closed_at is null then run.as_of
      else {{ local_day('dated.closed_at') }}
    end as rate_needed_on
  from dated
  cross join run
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = dated.deal_key
  left join {{ ref('int_deal_product') }} as product on product.deal_key = dated.deal_key

)

select
  priced.deal_key,
  priced.deal_id,
  pipeline.value as pipeline_id,
  stage.value as stage_id,
  outcome.value as outcome,
  priced.amount,
  priced.counted_amount,
  currency.value as currency_code,
  priced.rate_needed_on,
  cast(fx.rate as double) as fx_rate,
  {{ converted('priced.counted_amount', 'fx.rate') }} as amount_base,
  priced.close_on,
  owner.value as owner_id,
  closer.value as owner_id_at_close,
  category.value as forecast_category,
  priced.born_on,
  priced.closed_at,
  priced.closed_on,
  priced.is_list_price,
  priced.is_stage_assumed,
  priced.is_pipeline_assumed,
  priced.is_amount_assumed,
  priced.is_currency_assumed,
  priced.is_close_on_assumed,
  priced.is_owner_assumed,
  priced.is_forecast_category_assumed,
  priced.is_outcome_assumed
from priced
left join {{ ref('int_value') }} as pipeline on pipeline.value_code = priced.pipeline_key
left join {{ ref('int_value') }} as stage on stage.value_code = priced.stage_key
left join {{ ref('int_value') }} as outcome on outcome.value_code = priced.outcome_key
left join {{ ref('int_value') }} as currency on currency.value_code = priced.currency_key
left join {{ ref('int_value') }} as owner on owner.value_code = priced.owner_key
left join {{ ref('int_value') }} as closer on closer.value_code = priced.owner_key_at_close
left join {{ ref('int_value') }} as category on category.value_code = priced.category_key
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = currency.value
  and fx.from_on <= priced.rate_needed_on
  and fx.to_on > priced.rate_needed_on
