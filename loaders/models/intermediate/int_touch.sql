-- Every touch with the deal it counts for: the deal it names; else its lead's; else, by the account, the deal that was open
-- on that day, or the next one created within the window. A touch counts for one deal at most, and `standing` says why one
-- counts for none. A deal that no touch up to the as-of day and to its close says its own campaign touched gets that campaign
-- as a touch at its creation; where one says that it came later, that is what counts.
with run as (

  select * from {{ workspace('run') }}

),

rule as (

  select * from {{ workspace('marketing') }}

),

touch as (

  select
    touch.*,
    coalesce(named.deal_id, led.deal_id) as direct_deal_id,
    lead.created_at as lead_created_at
  from {{ ref('stg_touch') }} as touch
  left join {{ ref('stg_lead') }} as lead on lead.lead_id = touch.lead_id
  left join {{ ref('int_deal') }} as named on named.deal_id = touch.deal_id
  left join {{ ref('int_deal') }} as led on led.deal_id = lead.deal_id

),

by_account as (

  select touch_key, deal_id
  from (
    select
      touch.touch_key,
      deal.deal_id,
      row_number() over (
        partition by touch.touch_key
        order by
          deal.created_at <= touch.touched_at desc,
          case when deal.created_at <= touch.touched_at then deal.created_at end desc,
          deal.created_at,
          deal.deal_id
      ) as place
    from touch
    cross join rule
    inner join {{ ref('int_deal') }} as deal
      on deal.account_id = touch.account_id
      and deal.created_at <= touch.touched_at + to_days(rule.touch_window_days)
      and (deal.closed_at is null or deal.closed_at >= touch.touched_at)
    where touch.direct_deal_id is null
  ) as ranked
  where place = 1

),

linked as (

  select
    touch.touch_key,
    touch.touch_number,
    touch.touch_id,
    touch.touched_at,
    touch.campaign_id,
    coalesce(campaign.channel, touch.channel, 'unknown') as channel,
    touch.lead_id,
    touch.lead_created_at,
    coalesce(touch.direct_deal_id, by_account.deal_id) as deal_id,
    campaign.campaign_id is not null as is_campaign_known,
    false as is_implied
  from touch
  left join by_account on by_account.touch_key = touch.touch_key
  left join {{ ref('int_campaign') }} as campaign on campaign.campaign_id = touch.campaign_id

),

-- Records of the day after, or of a deal that is over, say nothing of when its own campaign came.
seen as (

  select distinct linked.deal_id, linked.campaign_id
  from linked
  cross join run
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = linked.deal_id
  where
    linked.touched_at < run.as_of_ends_at
    and (deal.closed_on is null or {{ local_day('linked.touched_at') }} <= deal.closed_on)

),

implied as (

  select
    'deal:' || deal.deal_id as touch_key,
    0 as touch_number,
    cast(null as varchar) as touch_id,
    deal.created_at as touched_at,
    deal.campaign_id,
    coalesce(campaign.channel, 'unknown') as channel,
    cast(null as varchar) as lead_id,
    cast(null as timestamp) as lead_created_at,
    deal.deal_id,
    campaign.campaign_id is not null as is_campaign_known,
    true as is_implied
  from {{ ref('int_deal') }} as deal
  left join {{ ref('int_campaign') }} as campaign on campaign.campaign_id = deal.campaign_id
  left join seen
    on seen.deal_id = deal.deal_id and seen.campaign_id = deal.campaign_id
  where deal.campaign_id is not null and deal.created_at is not null and seen.deal_id is null

),

every_touch as (

  select * from linked
  union all
  select * from implied

)

select
  touch.touch_key,
  touch.touch_number,
  touch.touch_id,
  touch.touched_at,
  touch.campaign_id,
  touch.channel,
  touch.lead_id,
  touch.lead_created_at,
  touch.deal_id,
  touch.is_campaign_known,
  touch.is_implied,
  case
    when touch.touched_at >= run.as_of_ends_at then 'after the as-of day'
    when touch.deal_id is null then 'no deal'
    when {{ local_day('touch.touched_at') }} > deal.closed_on then 'after the deal closed'
    else 'counts'
  end as standing
from every_touch as touch
cross join run
left join {{ ref('int_deal') }} as deal on deal.deal_id = touch.deal_id
