select
  deal_id,
  product_id,
  coalesce(quantity, 1) as quantity,
  amount,
  list_price,
  source_file,
  source_record
from {{ source('deal_line') }}
