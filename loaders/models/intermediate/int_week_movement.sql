-- materialized: view
-- What became of each deal in each week it changed, within two scopes: the whole open pipeline, and what is due in the fiscal
-- quarter in which the week ends. Every deal gets at most one class; the ranking is deleted, won or lost, moved out of the
-- period, moved into it, then its amount. A deal without a close date counts as due later. Closed without having been in
-- (created and won in one week, say) is in and out at once: entry and exit. Lines, scopes and statuses are the numbers of int_line_name.
with week_scope as (

  select cast(1 as tinyint) as scope, week_number, week_on, date '0001-01-01' as due_from, date '9999-12-31' as due_to
  from {{ ref('int_week') }}
  union all
  select cast(2 as tinyint) as scope, week_number, week_on, quarter_starts_on as due_from, quarter_ends_on as due_to
  from {{ ref('int_week') }}

),

dated as (

  select
    *,
    coalesce(from_status = 1, false) as was_open,
    to_status = 1 as is_open,
    to_status in (2, 3) as is_closed,
    to_status in (2, 3) and to_status_before in (0, 1) as is_just_closed,
    coalesce(from_due_on, date '9999-12-31') as from_due,
    coalesce(to_due_on, date '9999-12-31') as to_due,
    coalesce(from_owner_key, 0) <> coalesce(to_owner_key, 0) as is_handed_over
  from {{ ref('int_week_change') }}

),

placed as (

  select
    change.*,
    week.scope,
    week.week_on,
    week.due_to,
    change.was_open and change.from_due between week.due_from and week.due_to as was_in,
    change.to_due between week.due_from and week.due_to as is_due
  from dated as change
  inner join week_scope as week on week.week_number = change.week_number

),

-- A deal that was in and stays in says nothing unless its amount or its owner is another.
moved as (

  select
    *,
    is_open and is_due as is_in,
    not was_in and is_just_closed and is_due as is_through
  from placed
  where
    case
      when was_in then not (is_open and is_due) or to_amount <> from_amount or is_handed_over
      else is_due and (is_open or is_just_closed)
    end

)

select
  deal_key,
  scope,
  week_number,
  week_on,
  from_owner_key,
  to_owner_key,
  to_amount,
  cast(
    case
      when was_in or not (is_in or is_through) then null
      when from_status is null then 1
      when not was_open then 2
      when from_due > due_to then 3
      else 4
    end as tinyint
  ) as entry,
  cast(
    case
      when not is_through and (is_in or not was_in) then null
      when to_status = 2 then 9
      when to_status = 3 then 10
      when to_status = 4 then 14
      when to_due > due_to then 11
      else 12
    end as tinyint
  ) as exit,
  was_in and is_handed_over and (is_in or is_closed) as is_transferred,
  case when was_in then to_amount - from_amount else 0 end as change_amount,
  cast(
    case
      when not was_in or to_amount = from_amount then null
      when to_own_amount = from_own_amount and to_currency_key = from_currency_key then 8
      when to_amount > from_amount then 6
      else 7
    end as tinyint
  ) as change
from moved
