-- How journeys go from channel to channel: steps counted from the start to the win or to nothing. Open deals have not ended
-- and leads without a deal ended in nothing once the window in which one may come is over; a channel that follows itself is one
-- visit.
with visit as (

  select
    deal_id as journey,
    channel,
    touched_at,
    touch_key,
    outcome
  from {{ ref('int_journey') }}
  inner join {{ ref('int_touch') }} using (touch_key, deal_id, channel, touched_at)
  where outcome <> 'open'
  union all
  select
    'lead:' || lead_id,
    channel,
    touched_at,
    touch_key,
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
    journey,
    channel,
    outcome,
    coalesce(lag(channel) over (partition by journey order by touched_at, touch_key), '(start)') as came_from,
    row_number() over (partition by journey order by touched_at desc, touch_key desc) = 1 as is_last
  from visit

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
