-- How often the close date of each deal moved to a later month, and by how many days in all, up to the as-of day.
with dated as (

  select
    deal_key,
    valid_from,
    close_on,
    lag(close_on) over (partition by deal_key order by valid_from) as previous_close_on
  from {{ ref('int_deal_span') }}
  where not is_deleted

)

select
  deal_key,
  sum(
    case
      when close_on > previous_close_on
        and (year(close_on) * 12 + month(close_on)) > (year(previous_close_on) * 12 + month(previous_close_on)) then 1
      else 0
    end
  ) as n_pushes,
  sum(case when close_on > previous_close_on then date_diff('day', previous_close_on, close_on) else 0 end) as pushed_days
from dated
group by deal_key
