-- Partner records that need a look: what is wrong, which, what they are worth and what was done with them. None is dropped in
-- silence.
with event as (

  select * from {{ ref('int_partner_event') }}

)

select
  'event of an unknown partner' as doubt,
  event_key as record,
  partner_id as partner,
  amount_base as amount,
  'counted under its own id, without tier' as treatment
from event
where not is_partner_known and standing = 'counts' and exists (select 1 from {{ source('partner') }})
union all
select 'event before the partner signed', event_key, partner, amount_base, 'counted'
from event
where happened_on < signed_on and standing = 'counts'
union all
select 'negative money', event_key, partner, amount_base, 'subtracted, as a reversal'
from event
where amount < 0 and standing = 'counts'
union all
select 'funds or payout without an amount', event_key, partner, null, 'counted, worth nothing'
from event
where amount is null and kind in ('fund_request', 'fund_claim', 'payout') and standing = 'counts'
union all
select 'no rate for its currency', event_key, partner, null, 'counted, worth nothing'
from event
where amount is not null and amount_base is null and standing = 'counts'
union all
select 'money without a currency', event.event_key, event.partner, event.amount_base, 'taken in base currency'
from event
inner join {{ ref('stg_partner_event') }} as stg on stg.event_key = event.event_key
where stg.amount is not null and stg.currency_code is null and event.standing = 'counts'
  and exists (select 1 from {{ ref('stg_partner_event') }} where currency_code is not null)
union all
select 'registration without a currency', registration.registration_id, registration.partner, registration.estimated_amount_base, 'taken in base currency'
from {{ ref('int_registration') }} as registration
inner join {{ ref('stg_registration') }} as stg on stg.registration_id = registration.registration_id
where stg.estimated_amount is not null and stg.currency_code is null
  and exists (select 1 from {{ ref('stg_registration') }} where currency_code is not null)
union all
select 'registration of an unknown partner', registration.registration_id, registration.partner, registration.estimated_amount_base,
  'counted under its own id, without tier'
from {{ ref('int_registration') }} as registration
left join {{ ref('stg_partner') }} as partner on partner.partner_id = registration.partner_id
where partner.partner_id is null and exists (select 1 from {{ source('partner') }})
union all
select 'registration still a draft', registration.registration_id, coalesce(partner.partner_name, registration.partner_id), null,
  'not counted before its partner submits it'
from {{ ref('stg_registration') }} as registration
left join {{ ref('stg_partner') }} as partner on partner.partner_id = registration.partner_id
where lower(trim(registration.status)) = 'draft'
union all
select 'deal of an unknown partner', part.deal_id, part.partner_id, deal.amount_base, 'counted under its own id, without tier'
from {{ ref('int_deal_partner') }} as part
inner join {{ ref('int_deal') }} as deal on deal.deal_id = part.deal_id
left join {{ ref('stg_partner') }} as partner on partner.partner_id = part.partner_id
where partner.partner_id is null and exists (select 1 from {{ source('partner') }})
union all
select 'event of an unknown kind', event_key, partner, amount_base, 'not counted'
from event
where standing = 'unknown kind'
union all
select 'event after the as-of day', event_key, partner, amount_base, 'not counted'
from event
where standing = 'after the as-of day'
union all
select
  case kind
    when 'fund_request' then 'funds asked for and not decided yet'
    when 'fund_claim' then 'claim not paid yet'
    when 'payout' then 'payout not paid yet'
    else 'event that has not been held or passed yet'
  end,
  event_key,
  partner,
  amount_base,
  case kind when 'fund_request' then 'counted as asked for alone' else 'not counted' end
from event
where standing = 'pending'
union all
select 'event without a day', event_key, partner, amount_base, 'counted in totals, in no span of time'
from event
where happened_on is null and standing = 'counts'
union all
select
  'event of an unknown deal',
  event.event_key,
  event.partner,
  event.amount_base,
  case event.kind when 'payout' then 'counted as paid, for no deal' else 'counted for the partner alone' end
from event
left join {{ ref('deals') }} as deal on deal.deal_id = event.deal_id
where event.deal_id is not null and deal.deal_id is null and event.standing = 'counts'
union all
select 'payout that names no deal', event_key, partner, amount_base, 'counted as paid, for no deal'
from event
where kind = 'payout' and deal_id is null and standing = 'counts'
union all
select
  case when customer_name is null then 'meeting that names no deal' else 'meeting of a customer without an open deal' end,
  event_key,
  partner,
  null,
  'counted for the partner, for no deal'
from event
where kind = 'co_sell' and deal_id is null and n_fitting = 0 and standing = 'counts'
union all
select 'meeting that fits several deals of its customer', event_key, partner, fitting_amount, 'counted for the partner, for no deal'
from event
where kind = 'co_sell' and deal_id is null and n_fitting > 1 and standing = 'counts'
union all
select 'meeting matched by its customer''s name', event_key, partner, fitting_amount, 'counted as influence on that deal'
from event
where is_matched_by_customer and standing = 'counts'
union all
select 'payout for a deal that is not won', entry_id, partner, paid_amount, 'counted as paid'
from {{ ref('partner_payouts') }}
where class = 'paid, deal not won'
union all
select 'more funds claimed than approved', partner_id, partner, fund_claimed - fund_approved, 'counted'
from {{ ref('partners') }}
where fund_claimed > fund_approved
union all
select 'registration before the partner signed', registration.registration_id, registration.partner, registration.estimated_amount_base, 'counted'
from {{ ref('int_registration') }} as registration
inner join {{ ref('stg_partner') }} as partner on partner.partner_id = registration.partner_id
where registration.submitted_on < partner.signed_on
union all
select 'partner signed after the as-of day', partner.partner_id, partner.partner_name, null, 'not waiting yet'
from {{ ref('stg_partner') }} as partner
cross join {{ workspace('run') }} as run
where partner.signed_on > run.as_of
union all
select 'one name under two ids', partner_id, partner_name, null, 'taken as one partner wherever figures are grouped by name'
from {{ ref('stg_partner') }}
where same_as is not null
union all
select 'tier that the workspace does not name', partner.partner_id, partner.partner_name, null, 'no tier is suggested'
from {{ ref('stg_partner') }} as partner
left join {{ workspace('partner_tier') }} as tier on tier.tier = partner.tier
where partner.tier is not null and tier.tier is null and exists (select 1 from {{ workspace('partner_tier') }})
