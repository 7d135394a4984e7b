-- severity: warn
-- Open deals without a day of creation: they count as new on their last known day, and the forecast leaves them out.
select
  key.deal_id,
  cast(opening.happened_at as varchar) as counts_from
from {{ ref('int_deal_opening') }} as opening
inner join {{ ref('int_deal_record') }} as record on record.deal_key = opening.deal_key
inner join {{ ref('int_deal_key') }} as key on key.deal_key = opening.deal_key
where opening.is_time_assumed and record.outcome = 'open'
