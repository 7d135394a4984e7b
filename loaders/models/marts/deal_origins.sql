-- materialized: view
select
  deal.deal_id,
  origin.origin,
  origin.origin_partner_id,
  origin.origin_partner,
  partner.firm_tier as tier,
  partner.firm_kind as partner_kind,
  origin.registration_id,
  origin.since_on,
  origin.failed_tests,
  deal.deal_name,
  deal.account_name,
  coalesce(deal.owner_at_close, deal.owner) as owner,
  deal.region,
  deal.segment,
  deal.product_family,
  deal.deal_type,
  deal.outcome,
  deal.created_on,
  deal.closed_on,
  deal.amount_base,
  case when deal.outcome = 'won' then date_diff('day', deal.created_on, deal.closed_on) end as cycle_days,
  deal.partner_role as crm_role
from {{ ref('int_deal') }} as deal
inner join {{ ref('int_deal_origin') }} as origin on origin.deal_key = deal.deal_key
left join {{ ref('stg_partner') }} as partner on partner.partner_id = origin.origin_partner_id
