-- The end of every week of the movement is the daily pipeline of that day, in money and in deals, for each channel.
with daily as (

  select
    day_on,
    coalesce(channel, '(none)') as channel,
    sum(open_amount) as amount,
    sum(n_deals) as n
  from {{ ref('daily_pipeline') }}
  group by day_on, coalesce(channel, '(none)')

)

select
  cast(movement.ends_on as varchar) as ends_on,
  movement.slice_value as channel,
  cast(movement.end_amount as varchar) as movement_amount,
  cast(daily.amount as varchar) as daily_amount,
  movement.n_end,
  cast(daily.n as integer) as n_daily
from {{ ref('weekly_movement') }} as movement
left join daily on daily.day_on = movement.ends_on and daily.channel = movement.slice_value
where
  movement.scope = 'all'
  and movement.slice = 'channel'
  and (movement.end_amount <> coalesce(daily.amount, 0) or movement.n_end <> coalesce(daily.n, 0))
