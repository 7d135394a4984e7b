with run as (

  select * from {{ workspace('run') }}

),

registration as (

  select
    registration.*,
    {{ local_day('registration.submitted_at') }} as submitted_on,
    coalesce(registration.currency_code, run.base_currency) as money_currency
  from {{ ref('stg_registration') }} as registration
  cross join run
  where registration.submitted_at is null or registration.submitted_at < run.as_of_ends_at

)

select
  registration.registration_id,
  registration.partner_id,
  coalesce(partner.partner_name, registration.partner_id) as partner,
  registration.end_customer_name,
  registration.country,
  registration.product,
  registration.status,
  registration.submitted_on,
  {{ local_day('registration.decided_at') }} as decided_on,
  {{ local_day('registration.expires_at') }} as expires_on,
  registration.expected_close_on,
  cast(registration.estimated_amount * rate.rate as decimal(18, 2)) as estimated_amount_base,
  match.match_status,
  match.match_basis,
  match.match_score,
  match.match_evidence,
  case when match.match_status = 'matched' then match.deal_id end as deal_id,
  match.deal_id as likely_deal_id,
  match.second_deal_id,
  match.second_score,
  deal.deal_name,
  deal.account_name,
  deal.outcome,
  deal.amount_base as deal_amount_base,
  deal.partner as deal_partner,
  registration.source_file
from registration
cross join run
inner join {{ workspace('registration_match') }} as match on match.registration_id = registration.registration_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = registration.partner_id
left join {{ ref('int_deal') }} as deal on deal.deal_id = match.deal_id
left join {{ ref('int_fx_period') }} as rate
  on rate.currency_code = registration.money_currency
  and coalesce(registration.submitted_on, run.as_of) >= rate.from_on
  and coalesce(registration.submitted_on, run.as_of) < rate.to_on
