-- Who brought each deal, by the four tests: sourced (no open business with the customer before the registration;
-- registered before the vendor's own deal, with grace; approved; closed within the window of the programme, or still
-- open within it), influenced (a partner is on it by a dated relation, registration or co-sell meeting, but a test fails), direct.
-- Counted once: a deal has one origin and one partner, the earliest that passes, else the earliest there is. Of a firm under two ids
-- (stg_partner) its registration tells more than the CRM's word under the other id.
with claim as (

  select
    claim.*,
    coalesce(partner.firm_id, claim.partner_id) as firm_id,
    min(claim.since_on) over (
      partition by claim.deal_id, coalesce(partner.firm_id, claim.partner_id), claim.is_sourced
    ) as firm_since_on
  from {{ ref('int_partner_claim') }} as claim
  left join {{ ref('stg_partner') }} as partner on partner.partner_id = claim.partner_id

),

ranked as (

  select
    *,
    row_number() over (
      partition by deal_id
      order by
        is_sourced desc,
        firm_since_on nulls last,
        firm_id,
        basis <> 'registration',
        since_on nulls last,
        partner_id,
        registration_id
    ) as nth
  from claim

)

select
  deal.deal_key,
  deal.deal_id,
  case when ranked.deal_id is null then 'direct' when ranked.is_sourced then 'sourced' else 'influenced' end as origin,
  ranked.partner_id as origin_partner_id,
  ranked.partner as origin_partner,
  ranked.registration_id,
  ranked.since_on,
  nullif(ranked.failed_tests, '') as failed_tests
from {{ ref('int_deal') }} as deal
left join ranked on ranked.deal_id = deal.deal_id and ranked.nth = 1
