-- Every step of an order, in the order of its plan; where a step has no planned day, in that of the works: engineering, material,
-- production, test, others as planned, shipped, delivered.
-- A step begins on the day the last known one before it ended, the first on the day of the order, so that the steps of an order add up to
-- its lead time. The first step after the last that ended is under way, to the as-of day or the day the order was cancelled; one that
-- was passed over without a day is not known to have begun.
with run as (

  select * from {{ workspace('run') }}

),

planned as (

  select
    *,
    count(planned_on) over (partition by order_id) = count(*) over (partition by order_id) as is_all_planned
  from {{ ref('stg_order_milestone') }}

),

step as (

  select
    ordered.order_id,
    milestone.milestone,
    ordered.ordered_on,
    ordered.state,
    ordered.closed_on,
    ordered.delivered_on,
    milestone.planned_on,
    case when milestone.actual_on <= run.as_of then milestone.actual_on end as ended_on,
    row_number() over (
      partition by ordered.order_id
      order by
        case when milestone.is_all_planned then milestone.planned_on end,
        case milestone.milestone
          when 'engineering' then 1
          when 'material' then 2
          when 'production' then 3
          when 'test' then 4
          when 'shipped' then 6
          when 'delivered' then 7
          else 5
        end,
        milestone.planned_on,
        milestone.milestone
    ) as step_number,
    count(*) over (partition by ordered.order_id) as n_steps
  from planned as milestone
  inner join {{ ref('int_order') }} as ordered on ordered.order_id = milestone.order_id
  cross join run

),

placed as (

  select
    *,
    max(case when ended_on is not null then step_number else 0 end) over (partition by order_id) as last_ended
  from step

),

begun as (

  select
    *,
    -- The day of the nearest earlier step that has one: dates that run backwards are not put right, but told by a check.
    coalesce(
      last_value(ended_on ignore nulls) over (
        partition by order_id order by step_number rows between unbounded preceding and 1 preceding
      ),
      ordered_on
    ) as began_on,
    coalesce(
      lag(planned_on) over (partition by order_id order by step_number),
      case when step_number = 1 then ordered_on end
    ) as planned_from_on
  from placed

)

select
  begun.order_id,
  begun.milestone,
  cast(begun.step_number as integer) as step_number,
  cast(begun.n_steps as integer) as n_steps,
  begun.planned_on,
  begun.ended_on,
  case when begun.ended_on is not null or begun.step_number = begun.last_ended + 1 then begun.began_on end as began_on,
  begun.ended_on is not null as is_ended,
  begun.ended_on is null and begun.step_number = begun.last_ended + 1 and begun.state = 'open' as is_under_way,
  date_diff('day', begun.planned_from_on, begun.planned_on) as planned_days,
  case
    when begun.ended_on is not null then date_diff('day', begun.began_on, begun.ended_on)
    when begun.step_number = begun.last_ended + 1
      then date_diff(
        'day',
        begun.began_on,
        coalesce(begun.delivered_on, begun.closed_on, run.as_of)
      )
  end as phase_days
from begun
cross join run
