-- materialized: view
-- How often the close date of each open deal moved to a later month, and by how many days in all, up to the as-of day.
with dated as (

  select
    span.deal_key,
    span.valid_from,
    span.close_on,
    lag(span.close_on) over (partition by span.deal_key order by span.valid_from) as previous_close_on
  from {{ ref('int_deal_span') }} as span
  inner join {{ ref('int_deal') }} as deal on deal.deal_key = span.deal_key and deal.outcome = 'open'
  where not span.is_deleted

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
