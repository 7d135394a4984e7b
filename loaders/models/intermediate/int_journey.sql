-- One row per touch that counts, in the order of its deal's journey, with the milestones: the last touch up to the lead's
-- creation, up to the deal's, and the last of all. Where no touch came before a milestone, the first touch stands for it.
with touch as (

  select
    touch.*,
    deal.created_at as deal_created_at,
    coalesce(deal.closed_at, run.as_of_ends_at) as journey_ends_at,
    deal.outcome,
    row_number() over (partition by touch.deal_id order by touch.touched_at, touch.touch_key) as nth,
    row_number() over (partition by touch.deal_id order by touch.touched_at desc, touch.touch_key desc) as nth_last,
    count(*) over (partition by touch.deal_id) as n_touches,
    min(touch.lead_created_at) over (partition by touch.deal_id) as first_lead_at
  from {{ ref('int_touch') }} as touch
  cross join {{ workspace('run') }} as run
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = touch.deal_id
  where touch.standing = 'counts'

)

select
  touch_key,
  deal_id,
  campaign_id,
  channel,
  outcome,
  touched_at,
  nth,
  n_touches,
  nth = 1 as is_first,
  nth_last = 1 as is_last,
  first_lead_at is not null as has_lead,
  first_lead_at is not null
    and nth = greatest(count(*) filter (where touched_at <= first_lead_at) over (partition by deal_id), 1) as is_lead,
  nth = greatest(count(*) filter (where touched_at <= deal_created_at) over (partition by deal_id), 1) as is_deal,
  touched_at <= deal_created_at as is_before_deal,
  greatest(date_diff('second', touched_at, journey_ends_at), 0) / 86400.0 as days_before_end
from touch
