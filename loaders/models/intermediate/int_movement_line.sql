-- The lines of the waterfall that each deal puts into a week, narrow: what int_week_movement says, one row per deal, week, scope and line.
with moved as (

  select * from {{ ref('int_week_movement') }}

),

-- An owner's change takes the deal out of one hand and puts it into another: in the sum over all owners the two cancel.
line as (

  select scope, week_number, week_on, deal_key, class, entry as line, to_owner_key as owner_key, to_amount as amount
  from moved
  where entry is not null
  union all
  select scope, week_number, week_on, deal_key, class, change as line, from_owner_key as owner_key, change_amount as amount
  from moved
  where change is not null
  union all
  select scope, week_number, week_on, deal_key, class, 'transferred_out' as line, from_owner_key as owner_key, -to_amount as amount
  from moved
  where is_transferred
  union all
  select scope, week_number, week_on, deal_key, class, 'transferred_in' as line, to_owner_key as owner_key, to_amount as amount
  from moved
  where is_transferred
  union all
  select
    scope,
    week_number,
    week_on,
    deal_key,
    class,
    exit as line,
    case when is_transferred or entry is not null then to_owner_key else from_owner_key end as owner_key,
    -to_amount as amount
  from moved
  where exit is not null

)

select
  line.scope,
  line.week_number,
  line.week_on,
  line.deal_key,
  line.owner_key,
  line.line,
  coalesce(line.class, line.line) as class,
  cast(line.amount as decimal(18, 2)) as amount,
  case line.line
    when 'new' then 1
    when 'reopened' then 1
    when 'pulled_in' then 1
    when 'pushed_in' then 1
    when 'transferred_in' then 1
    when 'increased' then 0
    when 'decreased' then 0
    when 'revalued' then 0
    else -1
  end as n_change
from line
