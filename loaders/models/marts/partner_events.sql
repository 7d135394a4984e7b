select
  event.event_key,
  event.partner_id,
  event.partner,
  partner.tier,
  event.kind,
  event.happened_on,
  event.n_people,
  event.status,
  event.deal_id,
  event.amount_base,
  event.standing
from {{ ref('int_partner_event') }} as event
left join {{ ref('stg_partner') }} as partner on partner.partner_id = event.partner_id
