select
  campaign_id,
  "on" as spent_on,
  cost,
  source_file,
  source_record
from {{ source('campaign_cost') }}
