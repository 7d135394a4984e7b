-- One row per week (or part of one, where a quarter ends) with the last of its days that is known, and its fiscal quarter.
select
  week_number,
  week_on,
  quarter_starts_on,
  quarter_ends_on,
  quarter_label,
  max(day_on) as ends_on
from {{ ref('int_week_day') }}
group by week_number, week_on, quarter_starts_on, quarter_ends_on, quarter_label
