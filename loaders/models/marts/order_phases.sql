select
  order_id,
  milestone,
  step_number,
  n_steps,
  planned_on,
  began_on,
  ended_on,
  is_ended,
  is_under_way,
  cast(planned_days as integer) as planned_days,
  cast(phase_days as integer) as phase_days
from {{ ref('int_order_phase') }}
