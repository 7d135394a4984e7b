-- The steps of an order that have ended take, together, the days from the order to the end of the last of them.
with summed as (

  select
    phase.order_id,
    sum(phase.phase_days) as phase_days,
    max(phase.step_number) as last_step
  from {{ ref('order_phases') }} as phase
  where phase.is_ended
  group by phase.order_id

)

select
  summed.order_id,
  cast(summed.phase_days as integer) as phase_days,
  cast(date_diff('day', ordered.ordered_on, ended.ended_on) as integer) as days_to_last_step
from summed
inner join {{ ref('order_phases') }} as ended on ended.order_id = summed.order_id and ended.step_number = summed.last_step
inner join {{ ref('orders') }} as ordered on ordered.order_id = summed.order_id
where summed.phase_days <> date_diff('day', ordered.ordered_on, ended.ended_on)
