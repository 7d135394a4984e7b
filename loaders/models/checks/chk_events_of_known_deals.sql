-- severity: warn
-- The change log is of deals that are in the exports.
select
  event.deal_id,
  count(*)::integer as n_events
from {{ ref('stg_deal_event') }} as event
left join {{ ref('stg_deal') }} as deal on deal.deal_id = event.deal_id
where deal.deal_id is null
group by event.deal_id
