select
  deal_id,
  partner_id,
  coalesce(role, 'sourced') as role,
  since_at,
  evidence
from {{ source('deal_partner') }}
