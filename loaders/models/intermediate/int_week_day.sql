-- The week of every day, as fiscal_calendar.week_starts_on says, numbered from 1. A week in which a fiscal quarter ends is
-- two: so that the weeks of a quarter add up to the quarter.
with day as (

  select
    day.day_on,
    month.quarter_starts_on,
    month.quarter_ends_on,
    month.quarter_label,
    day.day_on - cast(
      case run.week_starts_on
        when 'sunday' then dayofweek(day.day_on)
        when 'saturday' then (dayofweek(day.day_on) + 1) % 7
        else isodow(day.day_on) - 1
      end as integer
    ) as week_starts_on
  from {{ workspace('day') }} as day
  cross join {{ workspace('run') }} as run
  inner join {{ workspace('fiscal_month') }} as month
    on month.starts_on <= day.day_on and month.ends_on >= day.day_on

),

part as (

  select
    day_on,
    quarter_starts_on,
    quarter_ends_on,
    quarter_label,
    case when week_starts_on < quarter_starts_on then quarter_starts_on else week_starts_on end as week_on
  from day

)

select
  day_on,
  week_on,
  quarter_starts_on,
  quarter_ends_on,
  quarter_label,
  cast(dense_rank() over (order by week_on) as integer) as week_number
from part
