select
  material.material_id,
  coalesce(material.name, material.material_id) as material,
  material.lead_time_days,
  material.unit_cost,
  coalesce(upper(trim(material.currency)), run.base_currency) as currency_code,
  material.is_stocked
from {{ source('material') }} as material
cross join {{ workspace('run') }} as run
