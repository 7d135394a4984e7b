select
  deal_id,
  field,
  old_value,
  new_value,
  actor_id,
  "at" as happened_at,
  coalesce(is_bulk, false) as is_bulk,
  coalesce(is_assumed, false) as is_assumed,
  source_system,
  source_file,
  source_record
from {{ source('deal_event') }}
