select
  deal_id,
  "at" as happened_at,
  kind,
  source_file
from {{ source('activity') }}
