-- materialized: view
-- The deals that were not at the end of a week what they were at the end of the week before, with both states (from_ and
-- to_); from_status is null when there was no deal yet. A state lasts until the deal's next row.
with state as (

  select
    stretch.*,
    week.week_number,
    week.ends_on as week_ends_on
  from {{ ref('int_deal_stretch') }} as stretch
  inner join {{ ref('int_week_day') }} as day on day.day_on = stretch.from_on
  inner join {{ ref('int_week') }} as week on week.week_number = day.week_number
  where stretch.to_on > week.ends_on

)

select
  deal_key,
  week_number,
  lag(status) over by_deal as from_status,
  lag(owner_key) over by_deal as from_owner_key,
  lag(due_on) over by_deal as from_due_on,
  lag(own_amount) over by_deal as from_own_amount,
  lag(currency_key) over by_deal as from_currency_key,
  lag(amount_base) over by_deal as from_amount,
  status as to_status,
  previous_status as to_status_before,
  owner_key as to_owner_key,
  due_on as to_due_on,
  own_amount as to_own_amount,
  currency_key as to_currency_key,
  amount_base as to_amount,
  pipeline_key
from state
window by_deal as (partition by deal_key order by week_number)
