-- Deals that are alike in everything the movement is cut by, but for owner and team: few groups stand for all deals, so that sums by
-- slice are made of the groups.
select
  cast(row_number() over (order by region, segment, channel, product_family, deal_type) as integer) as group_key,
  region,
  segment,
  channel,
  product_family,
  deal_type
from (
  select distinct
    coalesce(region, '(none)') as region,
    coalesce(segment, '(none)') as segment,
    coalesce(channel, '(none)') as channel,
    coalesce(product_family, '(none)') as product_family,
    coalesce(deal_type, '(none)') as deal_type
  from {{ ref('int_deal_slice') }}
) as alike
