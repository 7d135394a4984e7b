select
  product_id,
  material_id,
  quantity,
  work_centre_id,
  hours,
  source_file,
  source_record
from {{ source('bill_of_materials') }}
