-- The parts partners have in deals: one row per registration of a deal, per partner the CRM has on one without a registration
-- of that partner, and per partner that met about one before it closed with neither. Sourced by the four tests of int_deal_origin.
-- Where other deals and partners are left out (workspace.unsourced_claim), what the whole firm found with them holds; which of them it was
-- is then not said: it would tell one partner of another.
with run as (

  select * from {{ workspace('run') }}

),

program as (

  select * from {{ workspace('partner_program') }}

),

registered as (

  select
    registration.deal_id,
    registration.partner_id,
    registration.partner,
    registration.registration_id,
    registration.submitted_on,
    registration.decided_on,
    registration.state in ('approved', 'expired', 'converted') as is_approved,
    registration.submitted_on <= deal.created_on + program.grace_days as is_before_deal,
    coalesce(deal.closed_on, run.as_of) <= coalesce(registration.decided_on, registration.submitted_on) + program.sourcing_window_days
      as is_in_window,
    not exists (
        select 1
        from {{ ref('int_deal') }} as other
        where
          other.account_id = deal.account_id
          and other.deal_id <> deal.deal_id
          and other.created_on < registration.submitted_on
          and (other.closed_on is null or other.closed_on >= registration.submitted_on)
      ) as is_first_contact,
    coalesce(unsourced.had_open_deal or unsourced.was_second, false) as is_unsourced
  from {{ ref('int_registration') }} as registration
  cross join run
  cross join program
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = registration.deal_id
  left join {{ workspace('unsourced_claim') }} as unsourced on unsourced.registration_id = registration.registration_id

),

-- A co-sell meeting before the deal closed is a dated event of influence, whatever the CRM says.
met as (

  select
    meeting.deal_id,
    meeting.partner_id,
    any_value(meeting.partner) as partner,
    min(meeting.happened_on) as since_on
  from {{ ref('int_partner_event') }} as meeting
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = meeting.deal_id
  where
    meeting.kind = 'co_sell'
    and meeting.standing = 'counts'
    and meeting.partner_id is not null
    and (deal.closed_on is null or meeting.happened_on <= deal.closed_on)
  group by meeting.deal_id, meeting.partner_id

),

claim as (

  select
    'registration' as basis,
    deal_id,
    partner_id,
    partner,
    registration_id,
    submitted_on as since_on,
    coalesce(is_first_contact and is_before_deal and is_approved and is_in_window, false) and not is_unsourced as is_sourced,
    concat_ws(
      '; ',
      case when not is_approved then 'not approved' when is_approved is null then 'status not known' end,
      case when not is_before_deal then 'registered after the CRM deal' end,
      case when not is_in_window then 'not closed within the window' end,
      case when not is_first_contact then 'the customer had an open deal already' end,
      case when is_unsourced and is_first_contact then 'not sourced' end
    ) as failed_tests
  from registered
  union all
  select
    'relation' as basis,
    relation.deal_id,
    relation.partner_id,
    coalesce(partner.partner_name, relation.partner_id) as partner,
    null as registration_id,
    {{ local_day('relation.since_at') }} as since_on,
    false as is_sourced,
    'no registration' as failed_tests
  from {{ ref('stg_deal_partner') }} as relation
  cross join run
  left join {{ ref('stg_partner') }} as partner on partner.partner_id = relation.partner_id
  where
    (relation.since_at is null or relation.since_at < run.as_of_ends_at)
    and not exists (
      select 1
      from registered
      where registered.deal_id = relation.deal_id and registered.partner_id = relation.partner_id
    )
  union all
  select
    'meeting' as basis,
    met.deal_id,
    met.partner_id,
    met.partner,
    null as registration_id,
    met.since_on,
    false as is_sourced,
    'no registration' as failed_tests
  from met
  where
    not exists (
      select 1
      from registered
      where registered.deal_id = met.deal_id and registered.partner_id = met.partner_id
    )
    and not exists (
      select 1
      from {{ ref('stg_deal_partner') }} as relation
      where relation.deal_id = met.deal_id and relation.partner_id = met.partner_id
    )

),

-- A rejected registration of a partner that the CRM does not know on the deal is a wish, not a part in it.
standing as (

  select claim.*
  from claim
  where
    claim.is_sourced
    or claim.basis <> 'registration'
    or claim.failed_tests not like 'not approved%'
    or exists (
      select 1
      from {{ ref('stg_deal_partner') }} as relation
      where relation.deal_id = claim.deal_id and relation.partner_id = claim.partner_id
    )

)

select * from standing
