-- The group of int_slice_group that each deal belongs to.
select
  slice.deal_key,
  alike.group_key
from {{ ref('int_deal_slice') }} as slice
inner join {{ ref('int_slice_group') }} as alike
  on alike.region = coalesce(slice.region, '(none)')
  and alike.segment = coalesce(slice.segment, '(none)')
  and alike.channel = coalesce(slice.channel, '(none)')
  and alike.product_family = coalesce(slice.product_family, '(none)')
  and alike.deal_type = coalesce(slice.deal_type, '(none)')
