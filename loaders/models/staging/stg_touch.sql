select
  source_file || ':' || source_record as touch_key,
  source_record as touch_number,
  touch_id,
  "at" as touched_at,
  campaign_id,
  channel,
  lead_id,
  account_id,
  deal_id,
  source_file
from {{ source('touch') }}
