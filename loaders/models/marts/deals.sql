-- materialized: view
select
  deal.deal_id,
  deal.deal_name,
  deal.account_name,
  coalesce(deal.owner_at_close, deal.owner) as owner,
  deal.owner as owner_now,
  deal.owner_at_close,
  case when deal.owner_at_close is null then deal.team else deal.team_at_close end as team,
  deal.region,
  deal.segment,
  deal.industry,
  deal.country,
  deal.pipeline,
  deal.pipeline_id,
  deal.stage_id,
  deal.stage,
  deal.stage_order,
  deal.outcome,
  deal.deal_type,
  deal.forecast_category,
  deal.lead_source,
  deal.campaign,
  deal.loss_reason,
  deal.next_step,
  deal.product,
  deal.product_family,
  deal.n_lines,
  deal.channel,
  deal.partner,
  deal.partner_role,
  deal.currency_code,
  deal.amount_deal_currency,
  deal.fx_rate,
  deal.amount_base,
  deal.is_amount_assumed,
  cast(deal.outcome = 'open' as integer) as n_open,
  cast(deal.outcome = 'won' as integer) as n_won,
  cast(deal.outcome = 'lost' as integer) as n_lost,
  case when deal.is_derailed then 1 else 0 end as n_derailed,
  cast(case when deal.outcome = 'open' then coalesce(deal.amount_base, 0) else 0 end as decimal(18, 2)) as open_amount,
  cast(case when deal.outcome = 'won' then coalesce(deal.amount_base, 0) else 0 end as decimal(18, 2)) as won_amount,
  cast(case when deal.outcome = 'lost' then coalesce(deal.amount_base, 0) else 0 end as decimal(18, 2)) as lost_amount,
  cast(case when deal.outcome = 'open' then deal.amount_base * deal.stage_probability end as decimal(18, 2)) as weighted_amount,
  deal.created_on,
  deal.closed_on,
  deal.close_on,
  deal.last_activity_at,
  deal.stage_entered_on,
  case when deal.outcome = 'won' then date_diff('day', deal.created_on, deal.closed_on) end as cycle_days,
  deal.age_days,
  deal.stage_days,
  case
    when deal.outcome <> 'open' then null
    when deal.created_on is null then 'unknown'
    when deal.age_days < 30 then '0-29 d'
    when deal.age_days < 90 then '30-89 d'
    when deal.age_days < 180 then '90-179 d'
    when deal.age_days < 365 then '180-364 d'
    else '365 d or more'
  end as age_band,
  deal.is_overdue,
  {{ custom('deal', 'deal') }}
  deal.source_file
from {{ ref('int_deal') }} as deal
