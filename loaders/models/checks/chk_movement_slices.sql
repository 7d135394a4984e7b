-- Every slice of the weekly movement is made of all of it: owners hold in every week what groups of like deals do, in money and in deals,
-- and each line is of an owner and a group that have a slice.
select
  cast(week_number as integer) as week_number,
  cast(due_quarter_on as varchar) as due_quarter_on,
  cast(sum(case when owner_key is null then amount else -amount end) as varchar) as amount,
  cast(sum(case when owner_key is null then n else -n end) as integer) as n
from {{ ref('int_stock_delta') }}
group by week_number, due_quarter_on
having
  sum(case when owner_key is null then amount else -amount end) <> 0
  or sum(case when owner_key is null then n else -n end) <> 0
union all
select
  cast(line.week_number as integer),
  cast(null as varchar),
  cast(sum(line.amount) as varchar),
  cast(count(*) as integer)
from {{ ref('int_movement_line') }} as line
left join {{ ref('int_deal_group') }} as alike on alike.deal_key = line.deal_key
left join {{ ref('int_slice_group') }} as slice on slice.group_key = alike.group_key
left join {{ ref('int_value') }} as owner on owner.value_code = line.owner_key
where slice.group_key is null or (line.owner_key is not null and owner.value_code is null)
group by line.week_number
