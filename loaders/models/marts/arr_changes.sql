select
  moved.account_id,
  account.region,
  account.segment,
  account.industry,
  moved.product_key as product_id,
  coalesce(product.product_name, nullif(moved.product_key, '')) as product,
  product.family as product_family,
  coalesce(moved.channel, '') as channel,
  moved.moved_on,
  moved.month_on,
  moved.change,
  moved.step_arr,
  moved.state
from {{ ref('int_arr_change') }} as moved
left join {{ ref('stg_account') }} as account on account.account_id = moved.account_id
left join {{ ref('stg_product') }} as product on product.product_id = moved.product_key
