select
  partner_id,
  coalesce(name, partner_id) as partner_name,
  kind,
  tier,
  region,
  signed_on
from {{ source('partner') }}
