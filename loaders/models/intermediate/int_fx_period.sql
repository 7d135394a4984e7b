-- Rates to base currency with the days each is in force: from its day until the next one's. Base currency is always 1.
-- Rates are wider than they need to be: amounts times narrow ones would overflow from a million on.
with run as (

  select * from {{ workspace('run') }}

),

rates as (

  select
    fx.currency_code,
    fx.rate_on,
    fx.rate,
    lead(fx.rate_on) over (partition by fx.currency_code order by fx.rate_on) as next_rate_on
  from {{ ref('stg_fx_rate') }} as fx
  cross join run
  where fx.currency_code <> run.base_currency

)

select
  currency_code,
  rate_on as from_on,
  coalesce(next_rate_on, date '9999-12-31') as to_on,
  cast(rate as decimal(28, 10)) as rate
from rates
union all
select
  base_currency as currency_code,
  date '0001-01-01' as from_on,
  date '9999-12-31' as to_on,
  cast(1 as decimal(28, 10)) as rate
from run
