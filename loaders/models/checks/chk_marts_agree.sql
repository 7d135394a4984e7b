-- Won by month, won by week and open pipeline sum to the deals they are made of.
with totals as (

  select sum(won_amount) as won, sum(open_amount) as open from {{ ref('deals') }}

)

select 'win_rate_by_month' as mart, totals.won::varchar as deals, (select sum(won_amount)::varchar from {{ ref('win_rate_by_month') }}) as mart_total
from totals
where coalesce(totals.won, 0) <> coalesce((select sum(won_amount) from {{ ref('win_rate_by_month') }}), 0)
union all
select 'won_by_week', totals.won::varchar, (select sum(won_amount)::varchar from {{ ref('won_by_week') }})
from totals
where coalesce(totals.won, 0) <> coalesce((select sum(won_amount) from {{ ref('won_by_week') }}), 0)
union all
select 'open_pipeline', totals.open::varchar, (select sum(open_amount)::varchar from {{ ref('open_pipeline') }})
from totals
where coalesce(totals.open, 0) <> coalesce((select sum(open_amount) from {{ ref('open_pipeline') }}), 0)
