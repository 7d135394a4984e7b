select
  work_centre_id,
  coalesce(name, work_centre_id) as work_centre,
  hours_per_week
from {{ source('work_centre') }}
