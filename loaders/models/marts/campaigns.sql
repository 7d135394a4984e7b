-- Every campaign from cost to won money. Money of deals it sourced adds up over campaigns; influenced money does not.
with led as (

  select
    lead.lead_id,
    lead.converted_at,
    lead.deal_id,
    coalesce(lead.campaign_id, touched.campaign_id) as campaign_id
  from {{ ref('stg_lead') }} as lead
  left join (
    select lead_id, campaign_id
    from {{ ref('int_touch') }}
    where lead_id is not null and campaign_id is not null and standing <> 'after the as-of day'
    qualify row_number() over (partition by lead_id order by touched_at, touch_key) = 1
  ) as touched on touched.lead_id = lead.lead_id
  cross join {{ workspace('run') }} as run
  where lead.created_at < run.as_of_ends_at

),

leads as (

  select
    led.campaign_id,
    count(*)::integer as n_leads,
    count(*) filter (where led.converted_at < run.as_of_ends_at or led.deal_id is not null)::integer as n_converted
  from led
  cross join {{ workspace('run') }} as run
  group by led.campaign_id

),

touches as (

  select
    campaign_id,
    count(*) filter (where not is_implied)::integer as n_touches,
    count(*) filter (where not is_implied and standing = 'counts')::integer as n_touches_counted,
    count(*) filter (where not is_implied and standing = 'after the deal closed')::integer as n_touches_late
  from {{ ref('int_touch') }}
  where standing <> 'after the as-of day'
  group by campaign_id

),

outcome as (

  select
    campaign_id,
    count(*) filter (where part = 'sourced')::integer as n_sourced,
    count(*) filter (where part = 'sourced' and outcome = 'won')::integer as n_won,
    count(*) filter (where part = 'sourced' and outcome = 'open')::integer as n_open,
    count(*) filter (where part = 'sourced' and outcome = 'won' and is_new_customer)::integer as n_new_customers,
    coalesce(sum(amount) filter (where part = 'sourced'), 0)::decimal(18, 2) as sourced_pipeline,
    coalesce(sum(amount) filter (where part = 'sourced' and outcome = 'open'), 0)::decimal(18, 2) as sourced_open,
    coalesce(sum(amount) filter (where part = 'sourced' and outcome = 'won'), 0)::decimal(18, 2) as sourced_won,
    sum(won_monthly_recurring) filter (where part = 'sourced' and is_new_customer)::decimal(18, 2) as new_monthly_recurring,
    count(*) filter (where part = 'influenced')::integer as n_influenced,
    coalesce(sum(amount) filter (where part = 'influenced' and outcome = 'open'), 0)::decimal(18, 2) as influenced_open,
    coalesce(sum(amount) filter (where part = 'influenced' and outcome = 'won'), 0)::decimal(18, 2) as influenced_won
  from {{ ref('campaign_deals') }}
  group by campaign_id

),

known as (

  select campaign_id from {{ ref('int_campaign') }}
  union
  select campaign_id from outcome
  union
  select campaign_id from touches where campaign_id is not null

)

select
  known.campaign_id,
  coalesce(campaign.campaign_name, known.campaign_id) as campaign_name,
  coalesce(campaign.channel, 'unknown') as channel,
  coalesce(campaign.kind, 'unknown') as kind,
  campaign.region,
  campaign.starts_on,
  campaign.ends_on,
  campaign.budget,
  campaign.cost_to_date as cost,
  lagged.cost_lagged,
  coalesce(touches.n_touches, 0) as n_touches,
  coalesce(touches.n_touches_counted, 0) as n_touches_counted,
  coalesce(touches.n_touches_late, 0) as n_touches_late,
  coalesce(leads.n_leads, 0) as n_leads,
  coalesce(leads.n_converted, 0) as n_converted,
  coalesce(outcome.n_sourced, 0) as n_sourced,
  coalesce(outcome.n_open, 0) as n_open,
  coalesce(outcome.n_won, 0) as n_won,
  coalesce(outcome.n_new_customers, 0) as n_new_customers,
  coalesce(outcome.sourced_pipeline, 0)::decimal(18, 2) as sourced_pipeline,
  coalesce(outcome.sourced_open, 0)::decimal(18, 2) as sourced_open,
  coalesce(outcome.sourced_won, 0)::decimal(18, 2) as sourced_won,
  outcome.new_monthly_recurring,
  coalesce(outcome.n_influenced, 0) as n_influenced,
  coalesce(outcome.influenced_open, 0)::decimal(18, 2) as influenced_open,
  coalesce(outcome.influenced_won, 0)::decimal(18, 2) as influenced_won
from known
left join {{ ref('int_campaign') }} as campaign on campaign.campaign_id = known.campaign_id
left join {{ ref('int_campaign_lagged') }} as lagged on lagged.campaign_id = known.campaign_id
left join touches on touches.campaign_id = known.campaign_id
left join leads on leads.campaign_id = known.campaign_id
left join outcome on outcome.campaign_id = known.campaign_id
