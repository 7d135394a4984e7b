-- One row per touch that counts, in the order of its deal's journey, with the place of the milestones in it: the last touch
-- up to the lead's creation (null when no lead is known) and up to the deal's. Where no touch came before a milestone, the
-- first touch stands for it. Deals go by number here: windows over numbers cost half of those over names.
with lead as (

  select
    deal_id,
    min(created_at) as first_lead_at
  from {{ ref('stg_lead') }}
  where deal_id is not null
  group by deal_id

),

deal as (

  select
    deal.deal_id,
    deal.deal_key as deal_number,
    deal.created_at as deal_created_at,
    coalesce(deal.closed_at, run.as_of_ends_at) as journey_ends_at,
    deal.outcome,
    lead.first_lead_at
  from {{ ref('int_deal') }} as deal
  cross join {{ workspace('run') }} as run
  left join lead on lead.deal_id = deal.deal_id

),

touch as (

  select
    touch.touch_key,
    touch.touch_number,
    touch.touched_at,
    touch.campaign_id,
    touch.channel,
    deal.*
  from {{ ref('int_touch') }} as touch
  inner join deal on deal.deal_id = touch.deal_id
  where touch.standing = 'counts'

),

placed as (

  select
    *,
    row_number() over journey as nth,
    count(*) over whole as n_touches,
    count(case when touched_at <= first_lead_at then 1 end) over whole as n_to_lead,
    count(case when touched_at <= deal_created_at then 1 end) over whole as n_to_deal
  from touch
  window
    journey as (partition by deal_number order by touched_at, touch_number),
    whole as (
      partition by deal_number
      order by touched_at, touch_number
      rows between unbounded preceding and unbounded following
    )

)

select
  touch_key,
  deal_number,
  deal_id,
  campaign_id,
  channel,
  outcome,
  touched_at,
  nth,
  n_touches,
  case when first_lead_at is not null then greatest(n_to_lead, 1) end as lead_nth,
  greatest(n_to_deal, 1) as deal_nth,
  touched_at <= deal_created_at as is_before_deal,
  greatest(date_diff('second', touched_at, journey_ends_at), 0) / cast(86400.0 as double) as days_before_end
from placed
