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

counted as (

  select
    sample.day_on,
    count(*) as n_deals,
    sum(
      cast(
        coalesce(span.amount, case when run.missing_amount = 'list_price' then product.list_amount end, 0) * fx.rate
        as decimal(18, 2)
      )
    ) as amount
  from sample
  cross join run
  inner join {{ ref('int_deal_interval') }} as span
    on span.valid_from_on <= sample.day_on
    and (span.valid_to_on is null or span.valid_to_on > sample.day_on)
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = span.deal_key
  inner join {{ ref('int_fx_period') }} as fx
    on fx.currency_code = span.currency_code and fx.from_on <= sample.day_on and fx.to_on > sample.day_on
  left join {{ ref('int_deal_product') }} as product on product.deal_id = key.deal_id
  where span.outcome = 'open' and not span.is_deleted
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
