-- Every currency has a rate on each day it is needed: every day a deal is open in it, the day one closes, a quota's and a
-- campaign's first day, each day that advertising cost, and on the as-of day that of every contract.
-- to do: state rates in workspace.yaml, exchange_rates: [{currency: EUR, rate: ...}] (what one unit is worth in the base currency; with since: YYYY-MM-DD from that day on), or put a table of exchange rates with the columns currency, on, rate (what one unit is worth in the base currency from that day on) beside the exports and list it under files: {path: exchange_rates.csv, source: orders, object: exchange_rates}
with run as (

  select * from {{ workspace('run') }}

),

first_rate as (

  select currency_code, min(from_on) as first_on from {{ ref('int_fx_period') }} group by currency_code

),

open_span as (

  select span.currency_code, min(span.valid_from_on) as needed_on
  from {{ ref('int_deal_interval') }} as span
  where span.outcome = 'open' and not span.is_deleted and (span.valid_to_on is null or span.valid_to_on > span.valid_from_on)
  group by span.currency_code

),

missing as (

  select open_span.currency_code, open_span.needed_on
  from open_span
  left join first_rate on first_rate.currency_code = open_span.currency_code
  where first_rate.first_on is null or first_rate.first_on > open_span.needed_on
  union
  select currency_code, needed_on from {{ ref('int_currency_day') }} where rate is null
  union
  select currency_code, needed_on from {{ ref('int_order_day') }} where rate is null

)

select
  missing.currency_code || ' to ' || run.base_currency as pair,
  cast(min(missing.needed_on) as varchar) as day,
  case when first_rate.first_on is null then 'there is no rate at all' else 'the first rate is of ' || cast(first_rate.first_on as varchar) end
    as problem
from missing
cross join run
left join first_rate on first_rate.currency_code = missing.currency_code
group by missing.currency_code, run.base_currency, first_rate.first_on
