-- How journeys go from channel to channel: steps counted from the start to the win or to nothing. Open deals have not ended
-- and leads without a deal ended in nothing once the window in which one may come is over; a channel that follows itself is one
-- visit.
with visit as (

  select
    deal_number as journey,
    channel,
    nth,
    outcome
  from {{ ref('int_journey') }}
  where outcome <> 'open'
  union all
  -- Leads have negative numbers, deals positive ones.
  select
    -dense_rank() over (order by touch.lead_id),
    touch.channel,
    row_number() over (partition by touch.lead_id order by touch.touched_at, touch.touch_number),
    'lost'
  from {{ ref('int_touch') }} as touch
  cross join {{ workspace('run') }} as run
  cross join {{ workspace('marketing') }} as rule
  where
    touch.standing = 'no deal'
    and touch.lead_id is not null
    and touch.touched_at < run.as_of_ends_at - to_days(rule.touch_window_days)

),

step as (

  select
    channel,
    outcome,
    coalesce(lag(channel) over journey, '(start)') as came_from,
    lead(channel) over journey is null as is_last
  from visit
  window journey as (partition by journey order by nth)

)

select came_from, channel as goes_to, count(*)::double as n
from step
where came_from <> channel
group by came_from, channel
union all
select channel, case outcome when 'won' then '(won)' else '(nothing)' end, count(*)::double
from step
where is_last
group by channel, outcome
