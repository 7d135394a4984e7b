select
  account_id,
  coalesce(name, account_id) as account_name,
  domain,
  industry,
  segment,
  region,
  country,
  parent_account_id,
  n_employees,
  annual_revenue,
  coalesce(is_partner, false) as is_partner
from {{ source('account') }}
