select
  deal_id,
  contact_id,
  since_at,
  source_file
from {{ source('deal_contact') }}
