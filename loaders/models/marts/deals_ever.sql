-- materialized: view
select
  deal_id,
  deal_name,
  account_name,
  region,
  segment,
  industry,
  product,
  product_family,
  deal_type,
  lead_source,
  campaign,
  channel,
  partner,
  {{ custom('deal', 'slice') }}
  source_file
from {{ ref('int_deal_slice') }} as slice
