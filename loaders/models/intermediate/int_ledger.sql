-- CRM and PRM side by side: one entry per registration, and one per partner on a CRM deal that has no registration of that
-- partner. Each entry has exactly one class, the first that applies in the order below. A firm under two ids (stg_partner) is one partner:
-- the portal's id of a partner and the CRM's agree, and are not each other's rivals.
with run as (

  select * from {{ workspace('run') }}

),

program as (

  select * from {{ workspace('partner_program') }}

),

relation as (

  select
    relation.deal_id,
    coalesce(partner.firm_id, relation.partner_id) as firm_id,
    min(relation.partner_id) as partner_id,
    min(relation.role) as role,
    min(relation.since_at) as since_at
  from {{ ref('stg_deal_partner') }} as relation
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = relation.deal_id
  cross join run
  left join {{ ref('stg_partner') }} as partner on partner.partner_id = relation.partner_id
  where relation.since_at is null or relation.since_at < run.as_of_ends_at
  group by relation.deal_id, coalesce(partner.firm_id, relation.partner_id)

),

crm as (

  select
    deal_id,
    count(*) as n_partners
  from relation
  group by deal_id

),

-- Exports that name no partner on any deal do not tell that this one has none.
said as (

  select count(*) > 0 as has_partners from {{ ref('stg_deal_partner') }}

),

-- Deals that more than one partner claims: of all others no list of registrations is asked.
rivals as (

  select
    deal_id,
    string_agg(registration_id, ', ' order by submitted_at, registration_id) as registration_ids
  from {{ ref('int_registration') }}
  where
    state in ('pending', 'approved', 'converted')
    and deal_id in (
      select deal_id
      from {{ ref('int_registration') }}
      where deal_id is not null and state in ('pending', 'approved', 'converted')
      group by deal_id
      having min(firm_id) <> max(firm_id)
    )
  group by deal_id

),

registration as (

  select
    *,
    row_number() over (partition by deal_id, firm_id order by submitted_at, registration_id) as nth_claim
  from {{ ref('int_registration') }}

),

portal as (

  select
    registration.registration_id,
    registration.likely_deal_id as deal_id,
    registration.partner_id,
    registration.state,
    registration.submitted_on as since_on,
    registration.estimated_amount_base as portal_amount,
    case
      when registration.match_status = 'unsure' then 'unsure'
      when registration.state is null then 'status not known'
      when registration.match_status = 'unmatched' and registration.state in ('pending', 'approved', 'converted') then 'not in the CRM'
      when registration.match_status = 'unmatched' then 'closed in the portal'
      when registration.nth_claim > 1 then 'double claim'
      when registration.state in ('pending', 'approved', 'converted') and rivals.deal_id is not null then 'two partners'
      when registration.state in ('rejected', 'withdrawn') and relation.deal_id is not null then 'rejected, still on the deal'
      when registration.state in ('rejected', 'withdrawn') then 'closed in the portal'
      when deal.closed_on < registration.submitted_on then 'late'
      when registration.state = 'pending' then 'awaits a decision'
      when crm.deal_id is null and not said.has_partners then 'not said in the CRM'
      when crm.deal_id is null and registration.submitted_on > deal.created_on + program.grace_days then 'partner against direct'
      when crm.deal_id is null then 'leak'
      when relation.deal_id is null then 'other partner in the CRM'
      when registration.state = 'expired' then 'expired'
      else 'agrees'
    end as class,
    concat_ws(
      '; ',
      registration.match_evidence,
      case when registration.state is null then coalesce('its status is ' || registration.status, 'it has no status') end,
      case when rivals.deal_id is not null then 'registrations ' || rivals.registration_ids || ' name this deal' end,
      case when deal.closed_on < registration.submitted_on then 'the deal closed on ' || deal.closed_on end
    ) as evidence
  from registration
  cross join program
  cross join said
  left join {{ ref('int_deal') }} as deal on deal.deal_id = registration.deal_id
  left join relation on relation.deal_id = registration.deal_id and relation.firm_id = registration.firm_id
  left join crm on crm.deal_id = registration.deal_id
  left join rivals on rivals.deal_id = registration.deal_id

),

entry as (

  select
    'portal' as side,
    'R ' || registration_id as entry_id,
    *
  from portal
  union all
  select
    'CRM' as side,
    'D ' || relation.deal_id || ' ' || relation.partner_id as entry_id,
    null as registration_id,
    relation.deal_id,
    relation.partner_id,
    null as state,
    {{ local_day('relation.since_at') }} as since_on,
    null as portal_amount,
    case when relation.role = 'influenced' then 'influence, not registered' else 'no registration' end as class,
    'the CRM has the partner as ' || relation.role as evidence
  from relation
  where not exists (
    select 1
    from {{ ref('int_registration') }} as registration
    where registration.deal_id = relation.deal_id and registration.firm_id = relation.firm_id
  )

)

select
  entry.*,
  -- An unsure deal is not the registration's yet: it carries no money of the CRM.
  case when entry.class = 'unsure' then null else deal.amount_base end as crm_amount,
  row_number() over (
    partition by case when entry.class = 'unsure' then entry.entry_id else entry.deal_id end
    order by entry.side desc, entry.since_on nulls last, entry.entry_id
  ) = 1 and entry.class <> 'unsure' and entry.deal_id is not null as is_first_of_deal
from entry
left join {{ ref('int_deal') }} as deal on deal.deal_id = entry.deal_id
