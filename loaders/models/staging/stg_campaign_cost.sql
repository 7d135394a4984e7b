select
  campaign_id,
  "on" as spent_on,
  cost,
  upper(trim(currency)) as currency_code,
  source_file,
  source_record
from {{ source('campaign_cost') }}
