-- One row per campaign with what it has cost up to the as-of day: the daily costs where advertising reports them, else the
-- stated cost, spread evenly over its days while it runs. Costs in daily reports of campaigns that the CRM does not have
-- make a campaign of their own. Money is in base currency: daily costs at each day's rate, what the campaign states at that of its
-- first day (the as-of day's while it has not begun).
with run as (

  select * from {{ workspace('run') }}

),

daily as (

  select
    campaign_id,
    sum(case when spent_on <= run.as_of then cost end)::decimal(18, 2) as spent,
    min(spent_on) as first_on,
    max(spent_on) as last_on
  from {{ ref('int_campaign_cost') }}
  cross join run
  group by campaign_id

),

stated as (

  select
    campaign.campaign_id,
    campaign.campaign_name,
    campaign.channel,
    campaign.kind,
    campaign.region,
    campaign.starts_on,
    campaign.ends_on,
    {{ converted('campaign.budget', 'fx.rate') }} as budget,
    {{ converted('campaign.cost', 'fx.rate') }} as cost,
    case
      when campaign.starts_on is null or campaign.ends_on is null or campaign.ends_on <= run.as_of then 1.0
      when campaign.starts_on > run.as_of then 0.0
      else (date_diff('day', campaign.starts_on, run.as_of) + 1.0)
        / nullif(date_diff('day', campaign.starts_on, campaign.ends_on) + 1, 0)
    end as elapsed
  from {{ ref('stg_campaign') }} as campaign
  cross join run
  left join {{ ref('int_fx_period') }} as fx
    on fx.currency_code = coalesce(campaign.currency_code, run.base_currency)
    and fx.from_on <= least(coalesce(campaign.starts_on, run.as_of), run.as_of)
    and fx.to_on > least(coalesce(campaign.starts_on, run.as_of), run.as_of)

)

select
  coalesce(stated.campaign_id, daily.campaign_id) as campaign_id,
  coalesce(stated.campaign_name, daily.campaign_id) as campaign_name,
  coalesce(stated.channel, 'unknown') as channel,
  coalesce(stated.kind, 'unknown') as kind,
  stated.region,
  coalesce(stated.starts_on, daily.first_on) as starts_on,
  coalesce(stated.ends_on, daily.last_on) as ends_on,
  stated.budget,
  stated.cost as stated_cost,
  coalesce(daily.spent, (stated.cost * stated.elapsed)::decimal(18, 2)) as cost_to_date,
  daily.campaign_id is not null as is_daily_cost,
  stated.campaign_id is not null as is_in_crm
from stated
full join daily on daily.campaign_id = stated.campaign_id
