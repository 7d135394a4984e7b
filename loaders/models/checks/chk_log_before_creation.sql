-- severity: warn
-- Deals with changes from before the day their record was created; they count from their first change.
select
  key.deal_id,
  cast(record.created_at as varchar) as created_at,
  cast(log.first_at as varchar) as first_change_at
from {{ ref('int_deal_log') }} as log
inner join {{ ref('int_deal_record') }} as record on record.deal_key = log.deal_key
inner join {{ ref('int_deal_key') }} as key on key.deal_key = log.deal_key
where {{ local_day('log.first_at') }} < {{ local_day('record.created_at') }}
