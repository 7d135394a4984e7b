-- materialized: view
-- What became of each deal in each week it changed, within two scopes: the whole open pipeline, and what is due in the fiscal
-- quarter in which the week ends. Every deal gets at most one class; the ranking is deleted, won or lost, moved out of the
-- period, moved into it, then its amount. A deal without a close date counts as due later. Closed without having been in
-- (created and won in one week, say) is in and out at once: entry and exit.
with scope as (

  select 'all' as scope
  union all
  select 'quarter' as scope

),

scoped as (

  select
    change.*,
    scope.scope,
    week.week_on,
    week.quarter_ends_on,
    coalesce(change.from_status, 'none') as was_status,
    change.from_status = 'open'
      and (scope.scope = 'all' or change.from_due_on between week.quarter_starts_on and week.quarter_ends_on) as was_in_or_null,
    scope.scope = 'all' or change.to_due_on between week.quarter_starts_on and week.quarter_ends_on as is_due_or_null
  from {{ ref('int_week_change') }} as change
  cross join scope
  inner join {{ ref('int_week') }} as week on week.week_number = change.week_number

),

placed as (

  select
    *,
    coalesce(was_in_or_null, false) as was_in,
    to_status = 'open' and coalesce(is_due_or_null, false) as is_in,
    not coalesce(was_in_or_null, false)
      and to_status in ('won', 'lost')
      and to_status_before in ('open', 'none')
      and coalesce(is_due_or_null, false) as is_through
  from scoped

),

moved as (

  select
    deal_key,
    scope,
    week_number,
    week_on,
    from_owner_key,
    to_owner_key,
    to_amount,
    case
      when was_in or not (is_in or is_through) then null
      when was_status = 'none' then 'new'
      when was_status <> 'open' then 'reopened'
      when from_due_on is null or from_due_on > quarter_ends_on then 'pulled_in'
      else 'pushed_in'
    end as entry,
    case
      when is_through then to_status
      when is_in or not was_in then null
      when to_status <> 'open' then to_status
      when to_due_on is null or to_due_on > quarter_ends_on then 'pushed_out'
      else 'pulled_out'
    end as exit,
    was_in
      and coalesce(from_owner_key, 0) <> coalesce(to_owner_key, 0)
      and (is_in or to_status in ('won', 'lost')) as is_transferred,
    case when was_in then to_amount - from_amount else 0 end as change_amount,
    case
      when not was_in or to_amount = from_amount then null
      when to_own_amount = from_own_amount and to_currency_key = from_currency_key then 'revalued'
      when to_amount > from_amount then 'increased'
      else 'decreased'
    end as change
  from placed

)

select
  *,
  coalesce(exit, entry, change) as class
from moved
where entry is not null or exit is not null or change is not null or is_transferred
