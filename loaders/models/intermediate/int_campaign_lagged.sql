-- What each campaign had cost one median journey before the as-of day: the cost that has had the time to bring customers.
-- A journey is from the first touch to the win (twice the half-life); without any won journey nothing is lagged.
with day as (

  select cast(run.as_of - to_days(coalesce(round(2 * half_life.half_life_days), 0)::integer) as date) as lagged_on
  from {{ workspace('run') }} as run
  cross join {{ ref('int_half_life') }} as half_life

),

daily as (

  select
    campaign_id,
    coalesce(sum(cost) filter (where spent_on <= day.lagged_on), 0)::decimal(18, 2) as spent
  from {{ ref('int_campaign_cost') }}
  cross join day
  group by campaign_id

),

stated as (

  select
    campaign.campaign_id,
    case
      when campaign.starts_on is null or campaign.ends_on is null or campaign.ends_on <= day.lagged_on then campaign.stated_cost
      when campaign.starts_on > day.lagged_on then 0
      else campaign.stated_cost * (date_diff('day', campaign.starts_on, day.lagged_on) + 1.0)
        / nullif(date_diff('day', campaign.starts_on, campaign.ends_on) + 1, 0)
    end::decimal(18, 2) as spent
  from {{ ref('int_campaign') }} as campaign
  cross join day
  where campaign.is_in_crm

)

select
  coalesce(daily.campaign_id, stated.campaign_id) as campaign_id,
  coalesce(daily.spent, stated.spent) as cost_lagged
from stated
full join daily on daily.campaign_id = stated.campaign_id
