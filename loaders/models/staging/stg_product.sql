select
  product_id,
  coalesce(name, product_id) as product_name,
  family,
  kind,
  list_price
from {{ source('product') }}
