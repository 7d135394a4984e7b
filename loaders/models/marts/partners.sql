-- Partners as the exports list them, and those that only a deal, a registration or the programme names.
with run as (

  select * from {{ workspace('run') }}

),

known as (

  select partner_id from {{ ref('stg_partner') }}
  union
  select partner_id from {{ ref('deal_partners') }}
  union
  select partner_id from {{ ref('int_registration') }} where partner_id is not null
  union
  select partner_id from {{ ref('int_partner_event') }} where standing = 'counts' and partner_id is not null

),

registering as (

  select
    partner_id,
    count(*) as n_registrations,
    min(submitted_on) as first_registered_on,
    max(submitted_on) as last_registered_on
  from {{ ref('int_registration') }}
  group by partner_id

),

winning as (

  select
    partner_id,
    count(*) filter (where outcome = 'won') as n_won,
    min(closed_on) filter (where outcome = 'won') as first_won_on,
    max(closed_on) filter (where outcome = 'won') as last_won_on
  from {{ ref('deal_partners') }}
  group by partner_id

),

programme as (

  select
    partner_id,
    count(*) filter (where kind = 'training') as n_trainings,
    sum(n_people) filter (where kind = 'training') as n_trained_people,
    min(happened_on) filter (where kind = 'training') as first_trained_on,
    count(*) filter (where kind = 'certification') as n_certifications,
    sum(n_people) filter (where kind = 'certification') as n_certified_people,
    count(*) filter (where kind = 'co_sell') as n_meetings,
    sum(amount_base) filter (where kind = 'fund_request') as fund_approved,
    sum(amount_base) filter (where kind = 'fund_claim') as fund_claimed,
    sum(amount_base) filter (where kind = 'payout') as payout
  from {{ ref('int_partner_event') }}
  where standing = 'counts'
  group by partner_id

),

-- Asked for and refused, or not decided yet.
not_approved as (

  select partner_id, sum(amount_base) as fund_not_approved
  from {{ ref('int_partner_event') }}
  where kind = 'fund_request' and standing in ('refused', 'pending')
  group by partner_id

)

select
  known.partner_id,
  coalesce(partner.partner_name, known.partner_id) as partner,
  partner.kind as partner_kind,
  partner.tier,
  partner.region as partner_region,
  coalesce(partner.is_listed, false) as is_listed,
  partner.signed_on,
  partner.onboarded_on,
  cast(coalesce(registering.n_registrations, 0) as integer) as n_registrations,
  registering.first_registered_on,
  cast(coalesce(winning.n_won, 0) as integer) as n_won,
  winning.first_won_on,
  greatest(registering.last_registered_on, winning.last_won_on) as last_active_on,
  coalesce(greatest(registering.last_registered_on, winning.last_won_on) > run.as_of - program.active_days, false) as is_active,
  cast(coalesce(programme.n_trainings, 0) as integer) as n_trainings,
  cast(coalesce(programme.n_trained_people, 0) as integer) as n_trained_people,
  programme.first_trained_on,
  cast(coalesce(programme.n_certifications, 0) as integer) as n_certifications,
  cast(coalesce(programme.n_certified_people, 0) as integer) as n_certified_people,
  cast(coalesce(programme.n_meetings, 0) as integer) as n_meetings,
  cast(coalesce(programme.fund_approved, 0) + coalesce(not_approved.fund_not_approved, 0) as decimal(18, 2)) as fund_requested,
  cast(coalesce(programme.fund_approved, 0) as decimal(18, 2)) as fund_approved,
  cast(coalesce(programme.fund_claimed, 0) as decimal(18, 2)) as fund_claimed,
  cast(coalesce(programme.payout, 0) as decimal(18, 2)) as payout
from known
cross join run
cross join {{ workspace('partner_program') }} as program
left join {{ ref('stg_partner') }} as partner on partner.partner_id = known.partner_id
left join registering on registering.partner_id = known.partner_id
left join winning on winning.partner_id = known.partner_id
left join programme on programme.partner_id = known.partner_id
left join not_approved on not_approved.partner_id = known.partner_id
