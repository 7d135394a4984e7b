-- One row per registration submitted by the as-of day, with its state as it stood then: a decision or conversion after
-- that day has not happened yet. Tier, kind and region are the firm's (stg_partner), whichever of its ids registered. A draft is not submitted. States: pending, approved, rejected, expired, withdrawn, converted; null for a word of
-- the portal that is none of these.
with run as (

  select * from {{ workspace('run') }}

),

named as (

  select
    registration.*,
    -- Portals' own names of a state have underscores where their screens have blanks.
    case replace(lower(trim(registration.status)), '_', ' ')
      when 'submitted' then 'pending'
      when 'pending' then 'pending'
      when 'pending approval' then 'pending'
      when 'in review' then 'pending'
      when 'under review' then 'pending'
      when 'new' then 'pending'
      when 'pending review' then 'pending'
      when 'on hold' then 'pending'
      when 'approved' then 'approved'
      when 'accepted' then 'approved'
      when 'active' then 'approved'
      when 'registered' then 'approved'
      when 'rejected' then 'rejected'
      when 'declined' then 'rejected'
      when 'denied' then 'rejected'
      when 'duplicate' then 'rejected'
      when 'expired' then 'expired'
      when 'lapsed' then 'expired'
      when 'withdrawn' then 'withdrawn'
      when 'cancelled' then 'withdrawn'
      when 'canceled' then 'withdrawn'
      when 'converted' then 'converted'
      when 'won' then 'converted'
      when 'closed won' then 'converted'
      -- It was a deal; that it was lost the CRM says.
      when 'lost' then 'converted'
      when 'closed lost' then 'converted'
    end as last_state,
    coalesce(registration.currency_code, run.base_currency) as money_currency,
    {{ local_day('registration.submitted_at') }} as submitted_on,
    case when registration.decided_at < run.as_of_ends_at then registration.decided_at end as decided_by_then,
    case when registration.converted_at < run.as_of_ends_at then registration.converted_at end as converted_by_then,
    registration.expires_at < run.as_of_ends_at as is_past_expiry
  from {{ ref('stg_registration') }} as registration
  cross join run
  where
    (registration.submitted_at is null or registration.submitted_at < run.as_of_ends_at)
    and coalesce(lower(trim(registration.status)), '') <> 'draft'

)

select
  named.registration_id,
  named.partner_id,
  coalesce(partner.firm_id, named.partner_id) as firm_id,
  coalesce(partner.partner_name, named.partner_id) as partner,
  partner.firm_tier as tier,
  partner.firm_kind as partner_kind,
  partner.firm_region as partner_region,
  named.end_customer_name,
  named.country,
  named.product,
  named.status,
  case
    when named.last_state is null then null
    when named.decided_at is not null and named.decided_by_then is null then 'pending'
    when named.last_state = 'converted' and named.converted_at is not null and named.converted_by_then is null
      then case when named.is_past_expiry then 'expired' else 'approved' end
    when named.last_state = 'expired' and named.expires_at is not null and not named.is_past_expiry then 'approved'
    when named.last_state = 'approved' and named.is_past_expiry then 'expired'
    else named.last_state
  end as state,
  named.reject_reason,
  named.submitted_at,
  named.decided_by_then as decided_at,
  named.converted_by_then as converted_at,
  named.submitted_on,
  {{ local_day('named.decided_by_then') }} as decided_on,
  {{ local_day('named.expires_at') }} as expires_on,
  {{ local_day('named.converted_by_then') }} as converted_on,
  named.expected_close_on,
  cast(named.estimated_amount * rate.rate as decimal(18, 2)) as estimated_amount_base,
  match.match_status,
  match.match_basis,
  match.match_score,
  match.match_evidence,
  case when match.match_status = 'matched' then match.deal_id end as deal_id,
  match.deal_id as likely_deal_id,
  match.second_deal_id,
  match.second_score,
  named.source_file
from named
cross join run
inner join {{ workspace('registration_match') }} as match on match.registration_id = named.registration_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = named.partner_id
left join {{ ref('int_fx_period') }} as rate
  on rate.currency_code = named.money_currency
  and coalesce(named.submitted_on, run.as_of) >= rate.from_on
  and coalesce(named.submitted_on, run.as_of) < rate.to_on
