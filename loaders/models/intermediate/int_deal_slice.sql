-- materialized: view
-- What every deal ever known can be cut by, deleted ones too: what has no history, as the export says. Owner and team are
-- not here: they have a history. Most deals are in int_deal, which says all of it already.
select
  deal_key,
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
  {{ custom('deal', 'told') }}
  source_file
from {{ ref('int_deal') }} as told
where owner_id is not null
union all
select
  deal_key,
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
  {{ custom('deal', 'untold') }}
  source_file
from {{ ref('int_deal_untold') }} as untold
