-- severity: warn
-- The change log is of deals that are in the exports, or says itself that the deal was deleted.
select
  event.deal_id,
  cast(count(*) as integer) as n_events
from {{ ref('stg_deal_event') }} as event
left join {{ ref('int_deal_key') }} as deal on deal.deal_id = event.deal_id
where deal.deal_id is null
group by event.deal_id
