select
  order_id,
  lower(trim(milestone)) as milestone,
  planned_on,
  actual_on
from {{ source('order_milestone') }}
