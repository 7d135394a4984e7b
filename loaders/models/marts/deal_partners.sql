-- Every partner that has a part in a deal: by an approved registration, by the CRM, or by a co-sell meeting about it.
with meeting as (

  select
    deal_id,
    partner_id,
    count(*) as n_meetings,
    min(happened_on) as first_met_on
  from {{ ref('int_partner_event') }}
  where kind = 'co_sell' and standing = 'counts' and deal_id is not null
  group by deal_id, partner_id

),

claim as (

  select
    deal_id,
    partner_id,
    min(since_on) as claimed_on,
    bool_or(
      registration_id is not null
      and not contains(failed_tests, 'not approved')
      and not contains(failed_tests, 'status not known')
    ) as is_registered,
    bool_or(contains(failed_tests, 'status not known')) as is_of_unknown_status
  from {{ ref('int_partner_claim') }}
  where basis <> 'meeting'
  group by deal_id, partner_id

),

part as (

  select
    coalesce(claim.deal_id, meeting.deal_id) as deal_id,
    coalesce(claim.partner_id, meeting.partner_id) as partner_id,
    coalesce(claim.is_registered, false) as is_registered,
    claim.deal_id is not null as is_claimed,
    coalesce(claim.is_of_unknown_status, false) as is_of_unknown_status,
    claim.claimed_on,
    meeting.first_met_on,
    coalesce(meeting.n_meetings, 0) as n_meetings
  from claim
  full outer join meeting on meeting.deal_id = claim.deal_id and meeting.partner_id = claim.partner_id

)

select
  part.deal_id,
  part.partner_id,
  coalesce(partner.partner_name, part.partner_id) as partner,
  partner.firm_tier as tier,
  partner.firm_kind as partner_kind,
  case
    when origin.origin = 'sourced' and origin.origin_partner_id = part.partner_id then 'sourced'
    else 'influenced'
  end as part,
  part.is_registered,
  least(part.claimed_on, part.first_met_on) as since_on,
  cast(part.n_meetings as integer) as n_meetings,
  concat_ws(
    ', ',
    case when part.is_registered then 'registration' end,
    case when part.is_of_unknown_status and not part.is_registered then 'registration, its status not known' end,
    case when part.is_claimed and not part.is_registered and not part.is_of_unknown_status then 'on the deal in the CRM' end,
    case when part.n_meetings > 0 then 'co-sell meeting' end
  ) as evidence,
  cast(count(distinct coalesce(partner.firm_id, part.partner_id)) over (partition by part.deal_id) as integer) as n_partners,
  deal.outcome,
  deal.created_on,
  deal.closed_on,
  deal.won_amount,
  deal.open_amount
from part
inner join {{ ref('deals') }} as deal on deal.deal_id = part.deal_id
inner join {{ ref('int_deal_origin') }} as origin on origin.deal_id = part.deal_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = part.partner_id
