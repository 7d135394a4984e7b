-- The rate to base currency on each day a deal needs one: its closing day, or the as-of day while it is open.
with run as (

  select * from {{ workspace('run') }}

),

needed as (

  select distinct
    coalesce(deal.currency_code, run.base_currency) as currency_code,
    least(coalesce(cast(deal.closed_at as date), run.as_of), run.as_of) as needed_on
  from {{ ref('stg_deal') }} as deal
  cross join run

  union

  select distinct
    coalesce(quota.currency_code, run.base_currency) as currency_code,
    least(quota.starts_on, run.as_of) as needed_on
  from {{ ref('stg_quota') }} as quota
  cross join run

),

rates as (

  select
    currency_code,
    rate_on,
    rate,
    lead(rate_on) over (partition by currency_code order by rate_on) as next_rate_on
  from {{ ref('stg_fx_rate') }}

)

select
  needed.currency_code,
  needed.needed_on,
  rates.rate_on,
  case when needed.currency_code = run.base_currency then 1 else rates.rate end as rate
from needed
cross join run
left join rates
  on rates.currency_code = needed.currency_code
  and rates.rate_on <= needed.needed_on
  and (rates.next_rate_on is null or rates.next_rate_on > needed.needed_on)
