-- The daily pipeline equals the deals that were open at the end of the day, on eight days spread over the history.
with run as (

  select * from {{ workspace('run') }}

),

numbered as (

  select day_on, row_number() over (order by day_on) as nth, count(*) over () as n_days
  from {{ workspace('day') }}

),

sample as (

  select day_on
  from numbered
  where nth % (case when n_days < 8 then 1 else cast(floor(n_days / 8.0) as bigint) end) = 0

),

fx as (

  select currency.value_code as currency_key, fx.from_on, fx.to_on, fx.rate
  from {{ ref('int_fx_period') }} as fx
  inner join {{ ref('int_value') }} as currency on currency.value = fx.currency_code

),

listed as (

  select key.deal_key, product.list_amount
  from {{ ref('int_deal_product') }} as product
  inner join {{ ref('int_deal_key') }} as key on key.deal_id = product.deal_id
  cross join run
  where run.missing_amount = 'list_price'

),

counted as (

  select
    sample.day_on,
    count(*) as n_deals,
    sum(
      -- To the last digit, which 1 times an amount needs no product of 128 bits for.
      case
        when fx.rate = 1 then coalesce(span.amount, listed.list_amount, 0)
        else cast(coalesce(span.amount, listed.list_amount, 0) * fx.rate as decimal(18, 2))
      end
    ) as amount
  from sample
  cross join {{ ref('int_fixed_key') }} as fixed
  inner join {{ ref('int_deal_span') }} as span
    on span.valid_from_on <= sample.day_on
    and (span.valid_to_on is null or span.valid_to_on > sample.day_on)
  inner join fx
    on fx.currency_key = span.currency_key and fx.from_on <= sample.day_on and fx.to_on > sample.day_on
  left join listed on listed.deal_key = span.deal_key
  where span.outcome_key = fixed.open_key and not span.is_deleted
  group by sample.day_on

),

daily as (

  select day_on, sum(n_deals) as n_deals, sum(open_amount) as amount
  from {{ ref('daily_pipeline') }}
  group by day_on

)

select
  cast(sample.day_on as varchar) as day_on,
  cast(coalesce(daily.n_deals, 0) as integer) as n_daily,
  cast(coalesce(counted.n_deals, 0) as integer) as n_counted,
  cast(coalesce(daily.amount, 0) as varchar) as daily_amount,
  cast(coalesce(counted.amount, 0) as varchar) as counted_amount
from sample
left join counted on counted.day_on = sample.day_on
left join daily on daily.day_on = sample.day_on
where
  coalesce(daily.n_deals, 0) <> coalesce(counted.n_deals, 0)
  or coalesce(daily.amount, 0) <> coalesce(counted.amount, 0)
