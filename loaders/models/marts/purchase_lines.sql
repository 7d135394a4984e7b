-- Lines of purchase orders placed by the as-of day, with what had come of each by then and what is still to come. What the status says is
-- called off or complete brings no more. Without a due day the supplier's lead time from the day of the order is taken.
with said as (

  select
    line.*,
    run.as_of,
    material.lead_time_days,
    -- What is dated after the as-of day has not come yet.
    case
      when line.received_on > run.as_of then 0
      when line.received_on is not null then coalesce(line.received_quantity, line.quantity)
      else coalesce(line.received_quantity, 0)
    end as received,
    -- The status is that of the exports: of a line received after the as-of day it tells of a later day, and by then all was to come.
    coalesce(status.is_over, false) and coalesce(line.received_on <= run.as_of, true) as is_over
  from {{ ref('stg_purchase_order') }} as line
  cross join {{ workspace('run') }} as run
  left join {{ ref('stg_material') }} as material on material.material_id = line.material_id
  left join {{ ref('int_purchase_status') }} as status on status.status = line.status
  where line.ordered_on is null or line.ordered_on <= run.as_of

)

select
  line_key,
  purchase_order_id,
  line_id,
  material_id,
  ordered_on,
  due_on,
  cast(quantity as double) as quantity,
  cast(received as double) as received_quantity,
  cast(case when is_over then 0 else greatest(0, coalesce(quantity, 0) - received) end as double) as open_quantity,
  coalesce(due_on, ordered_on + cast(lead_time_days as integer)) as expected_on,
  due_on is null as is_day_assumed,
  coalesce(coalesce(due_on, ordered_on + cast(lead_time_days as integer)) < as_of, false) as is_overdue
from said
