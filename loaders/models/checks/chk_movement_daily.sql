-- The end of every week of the movement is the daily pipeline of that day, in money and in deals, for each channel.
with daily as (

  select
    day_on,
    coalesce(channel, '(none)') as channel,
    sum(open_amount) as amount,
    sum(n_deals) as n
  from {{ ref('daily_pipeline') }}
  group by day_on, coalesce(channel, '(none)')

),

delta as (

  select alike.channel, delta.week_number, sum(delta.amount) as amount, sum(delta.n) as n
  from {{ ref('int_stock_delta') }} as delta
  inner join {{ ref('int_slice_group') }} as alike on alike.group_key = delta.group_key
  group by alike.channel, delta.week_number

),

movement as (

  select
    known.channel,
    week.ends_on,
    sum(coalesce(delta.amount, 0)) over so_far as end_amount,
    sum(coalesce(delta.n, 0)) over so_far as n_end
  from (select distinct channel from {{ ref('int_slice_group') }}) as known
  cross join {{ ref('int_week') }} as week
  left join delta on delta.channel = known.channel and delta.week_number = week.week_number
  window so_far as (
    partition by known.channel order by week.week_number
    rows between unbounded preceding and current row
  )

)

select
  cast(movement.ends_on as varchar) as ends_on,
  movement.channel,
  cast(movement.end_amount as varchar) as movement_amount,
  cast(daily.amount as varchar) as daily_amount,
  cast(movement.n_end as integer) as n_end,
  cast(daily.n as integer) as n_daily
from movement
left join daily on daily.day_on = movement.ends_on and daily.channel = movement.channel
where movement.end_amount <> coalesce(daily.amount, 0) or movement.n_end <> coalesce(daily.n, 0)
