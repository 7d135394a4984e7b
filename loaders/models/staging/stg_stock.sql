select
  material_id,
  coalesce(site, 'not said') as site,
  on_hand,
  counted_on,
  source_file,
  source_record
from {{ source('stock') }}
