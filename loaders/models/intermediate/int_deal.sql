-- One row per deal that exists on the as-of day, with everything decided about it as it stood then: outcome, amount in base
-- currency, owner, region, channel, days in its stage. What has no history is as the export says. The mart `deals` is a view of
-- it: sixty columns of every deal are written once. What has a row for nearly every deal is joined in a part of its own, held, so
-- that its hash tables and those of accounts and partners are not in memory together: a million deals then fit into 350 to 950 MB.
with run as (

  select * from {{ workspace('run') }}

),

any_partner as (

  select count(*) > 0 as is_known from {{ ref('stg_deal_partner') }}

),

current_passage as (

  select
    deal_key,
    max({{ local_day('entered_at') }}) as stage_entered_on
  from {{ ref('int_stage_passage') }}
  where left_at is null
  group by deal_key

),

-- Deals whose export has no day of creation, but a log: they were there on the day of its first entry, as the time machine has them.
-- A log that begins after the deal closed tells nothing of its beginning.
logged as (

  select record.deal_key
  from {{ ref('int_deal_record') }} as record
  inner join {{ ref('int_deal_log') }} as log on log.deal_key = record.deal_key
  where record.created_at is null and log.first_at <= coalesce(record.closed_at, log.first_at)

),

deal as {{ held }} (

  select
    as_of.*,
    coalesce(stg.deal_name, as_of.deal_id) as deal_name,
    case when text.has_account then text.account_id else stg.account_id end as account_id,
    case when text.has_next_step then text.next_step else stg.next_step end as next_step,
    stg.deal_type,
    stg.lead_source,
    stg.campaign_id,
    case when as_of.outcome <> 'open' then stg.loss_reason end as loss_reason,
    case
      when logged.deal_key is not null or as_of.born_on < {{ local_day('stg.created_at') }} then as_of.born_on
      else {{ local_day('stg.created_at') }}
    end as created_on,
    stg.created_at,
    case when stg.last_activity_at < run.as_of_ends_at then stg.last_activity_at end as last_activity_at,
    {{ custom('deal', 'stg') }}
    stg.source_file,
    product.product_name as product,
    product.family as product_family,
    coalesce(product.n_lines, 0) as n_lines,
    current_passage.stage_entered_on
  from {{ ref('int_deal_as_of') }} as as_of
  cross join run
  left join {{ ref('stg_deal') }} as stg on stg.deal_id = as_of.deal_id
  left join {{ ref('int_deal_text') }} as text on text.deal_id = as_of.deal_id
  left join {{ ref('int_deal_product') }} as product on product.deal_key = as_of.deal_key
  left join current_passage on current_passage.deal_key = as_of.deal_key
  left join logged on logged.deal_key = as_of.deal_key

)

select
  deal.deal_key,
  deal.deal_id,
  deal.deal_name,
  deal.account_id,
  account.account_name,
  deal.owner_id,
  coalesce(owner.person_name, deal.owner_id) as owner,
  coalesce(closer.person_name, deal.owner_id_at_close) as owner_at_close,
  owner.team,
  closer.team as team_at_close,
  case
    when run.region_from <> 'owner' then account.region
    when deal.owner_id_at_close is null then owner.region
    else closer.region
  end as region,
  account.segment,
  account.industry,
  account.country,
  deal.pipeline_id,
  pipeline.pipeline_name as pipeline,
  deal.stage_id,
  stage.stage_name as stage,
  stage.stage_order,
  stage.probability as stage_probability,
  deal.outcome,
  deal.deal_type,
  coalesce(deal.forecast_category, stage.forecast_category) as forecast_category,
  deal.lead_source,
  deal.campaign_id,
  coalesce(campaign.campaign_name, deal.campaign_id) as campaign,
  deal.next_step,
  deal.loss_reason,
  deal.product,
  deal.product_family,
  deal.n_lines,
  case when not any_partner.is_known then null when partner.deal_id is null then 'Direct' else 'Partner' end as channel,
  partner.partner_name as partner,
  partner.role as partner_role,
  deal.counted_amount as amount_deal_currency,
  deal.currency_code,
  deal.fx_rate,
  deal.amount_base,
  deal.is_list_price as is_amount_assumed,
  deal.created_at,
  deal.created_on,
  deal.closed_at,
  deal.closed_on,
  deal.close_on,
  deal.last_activity_at,
  deal.stage_entered_on,
  case when deal.outcome = 'open' then date_diff('day', deal.created_on, run.as_of) end as age_days,
  case when deal.outcome = 'open' then date_diff('day', deal.stage_entered_on, run.as_of) end as stage_days,
  deal.outcome = 'open' and deal.close_on < run.as_of as is_overdue,
  deal.outcome = 'lost' and no_decision.loss_reason is not null as is_derailed,
  {{ custom('deal', 'deal') }}
  deal.source_file
from deal
cross join run
cross join any_partner
left join {{ workspace('no_decision_reason') }} as no_decision on no_decision.loss_reason = deal.loss_reason
left join {{ workspace('pipeline') }} as pipeline on pipeline.pipeline_id = deal.pipeline_id
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = deal.pipeline_id and stage.stage_id = deal.stage_id
left join {{ ref('stg_account') }} as account on account.account_id = deal.account_id
left join {{ ref('stg_person') }} as owner on owner.person_id = deal.owner_id
left join {{ ref('stg_person') }} as closer on closer.person_id = deal.owner_id_at_close
left join {{ ref('stg_campaign') }} as campaign on campaign.campaign_id = deal.campaign_id
left join {{ ref('int_deal_partner') }} as partner on partner.deal_id = deal.deal_id
