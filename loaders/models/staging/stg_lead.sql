select
  lead_id,
  created_at,
  source as lead_source,
  campaign_id,
  account as account_name,
  status,
  converted_at,
  deal_id,
  source_file
from {{ source('lead') }}
