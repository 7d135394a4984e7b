select
  deal.deal_id,
  origin.origin,
  origin.origin_partner_id,
  origin.origin_partner,
  partner.tier,
  partner.kind as partner_kind,
  origin.registration_id,
  origin.since_on,
  origin.failed_tests,
  deal.deal_name,
  deal.account_name,
  deal.owner,
  deal.region,
  deal.segment,
  deal.product_family,
  deal.deal_type,
  deal.outcome,
  deal.created_on,
  deal.closed_on,
  deal.amount_base,
  deal.cycle_days,
  deal.partner_role as crm_role
from {{ ref('deals') }} as deal
inner join {{ ref('int_deal_origin') }} as origin on origin.deal_id = deal.deal_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = origin.origin_partner_id
