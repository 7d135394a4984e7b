-- The rate to base currency on each day one is needed: a deal's closing day, the as-of day while it is open, a quota's and a campaign's
-- first, the day that advertising cost; of contracts the as-of day.
with run as (

  select * from {{ workspace('run') }}

),

needed as (

  select distinct
    currency_code,
    rate_needed_on as needed_on
  from {{ ref('int_deal_as_of') }}

  union

  select distinct
    coalesce(quota.currency_code, run.base_currency) as currency_code,
    least(quota.starts_on, run.as_of) as needed_on
  from {{ ref('stg_quota') }} as quota
  cross join run

  union

  select distinct
    campaign.currency_code,
    least(coalesce(campaign.starts_on, run.as_of), run.as_of) as needed_on
  from {{ ref('stg_campaign') }} as campaign
  cross join run
  where campaign.currency_code is not null and coalesce(campaign.cost, campaign.budget) is not null

  union

  select distinct
    cost.currency_code,
    cost.spent_on as needed_on
  from {{ ref('stg_campaign_cost') }} as cost
  cross join run
  where cost.currency_code is not null and cost.spent_on <= run.as_of

  union

  select distinct
    subscription.currency_code,
    run.as_of as needed_on
  from {{ ref('stg_subscription') }} as subscription
  cross join run
  where subscription.currency_code is not null

)

select
  needed.currency_code,
  needed.needed_on,
  cast(fx.rate as double) as rate
from needed
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = needed.currency_code
  and fx.from_on <= needed.needed_on
  and fx.to_on > needed.needed_on
