select
  campaign_id,
  coalesce(name, campaign_id) as campaign_name,
  coalesce(channel, kind) as channel,
  kind,
  region,
  starts_on,
  ends_on,
  budget,
  cost,
  upper(trim(currency)) as currency_code,
  source_file
from {{ source('campaign') }}
