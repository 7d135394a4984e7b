-- What the open pipeline of a group of like deals, and of an owner, changes by in a week is what the movements of its deals say, in
-- money and in deals: of the whole pipeline, and of what is due in the week's quarter. Every slice of weekly_movement is made of
-- such groups or of owners, so that its begin and its movements make its end. What was increased adds, what was decreased takes away.
with line as (

  select
    alike.group_key,
    coalesce(line.owner_key, 0) as owner_key,
    line.week_number,
    case when line.scope = 1 then -line.amount else 0 end as amount,
    case when line.scope = 1 then -line.n_change else 0 end as n,
    case when line.scope = 2 then -line.amount else 0 end as due_amount,
    case when line.scope = 2 then -line.n_change else 0 end as due_n
  from {{ ref('int_movement_line') }} as line
  left join {{ ref('int_deal_group') }} as alike on alike.deal_key = line.deal_key

),

told as (

  select
    delta.group_key,
    delta.owner_key,
    delta.week_number,
    delta.amount,
    delta.n,
    case when delta.due_quarter_on = week.quarter_starts_on then delta.amount else 0 end as due_amount,
    case when delta.due_quarter_on = week.quarter_starts_on then delta.n else 0 end as due_n
  from {{ ref('int_stock_delta') }} as delta
  inner join {{ ref('int_week') }} as week on week.week_number = delta.week_number
  union all
  select group_key, cast(null as integer) as owner_key, week_number, amount, n, due_amount, due_n from line
  union all
  select cast(null as integer) as group_key, owner_key, week_number, amount, n, due_amount, due_n from line

),

unequal as (

  select
    group_key,
    owner_key,
    week_number,
    sum(amount) as amount,
    sum(n) as n,
    sum(due_amount) as due_amount,
    sum(due_n) as due_n
  from told
  group by group_key, owner_key, week_number
  having sum(amount) <> 0 or sum(n) <> 0 or sum(due_amount) <> 0 or sum(due_n) <> 0

)

select
  unequal.group_key,
  owner.value as owner_id,
  cast(week.week_on as varchar) as week_on,
  cast(unequal.amount as varchar) as amount,
  cast(unequal.n as integer) as n,
  cast(unequal.due_amount as varchar) as due_amount,
  cast(unequal.due_n as integer) as due_n
from unequal
left join {{ ref('int_week') }} as week on week.week_number = unequal.week_number
left join {{ ref('int_value') }} as owner on owner.value_code = unequal.owner_key
union all
select
  alike.group_key,
  owner.value,
  cast(line.week_on as varchar),
  cast(line.amount as varchar),
  line.n_change,
  null,
  null
from {{ ref('int_movement_line') }} as line
left join {{ ref('int_deal_group') }} as alike on alike.deal_key = line.deal_key
left join {{ ref('int_value') }} as owner on owner.value_code = line.owner_key
where (line.line = 6 and line.amount < 0) or (line.line = 7 and line.amount > 0)
