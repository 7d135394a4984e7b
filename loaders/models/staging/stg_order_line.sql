select
  order_id,
  coalesce(
    line_id,
    cast(row_number() over (partition by order_id order by source_file, source_record) as varchar)
  ) as line_id,
  product_id,
  coalesce(quantity, 1) as quantity,
  amount,
  source_file,
  source_record
from {{ source('order_line') }}
