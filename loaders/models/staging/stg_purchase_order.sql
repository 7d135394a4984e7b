select
  source_file || ':' || source_record as line_key,
  purchase_order_id,
  line_id,
  material_id,
  quantity,
  ordered_on,
  due_on,
  received_quantity,
  received_on,
  status
from {{ source('purchase_order') }}
