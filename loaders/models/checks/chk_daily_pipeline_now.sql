-- The last day of the daily pipeline is the open pipeline of the deals, for every stage and channel.
with daily as (

  select pipeline_id, stage_id, channel, sum(n_deals) as n_deals, sum(open_amount) as amount
  from {{ ref('daily_pipeline') }} as daily
  cross join {{ workspace('run') }} as run
  where daily.day_on = run.as_of and daily.n_deals <> 0
  group by pipeline_id, stage_id, channel

),

deals as (

  select pipeline_id, stage_id, channel, sum(n_open) as n_deals, sum(open_amount) as amount
  from {{ ref('deals') }}
  where outcome = 'open'
  group by pipeline_id, stage_id, channel

)

select
  coalesce(daily.stage_id, deals.stage_id) as stage_id,
  coalesce(daily.channel, deals.channel) as channel,
  cast(daily.n_deals as integer) as n_daily,
  cast(deals.n_deals as integer) as n_deals,
  cast(daily.amount as varchar) as daily_amount,
  cast(deals.amount as varchar) as deals_amount
from daily
full join deals
  on coalesce(deals.pipeline_id, '') = coalesce(daily.pipeline_id, '')
  and coalesce(deals.stage_id, '') = coalesce(daily.stage_id, '')
  and coalesce(deals.channel, '') = coalesce(daily.channel, '')
where coalesce(daily.n_deals, 0) <> coalesce(deals.n_deals, 0) or coalesce(daily.amount, 0) <> coalesce(deals.amount, 0)
