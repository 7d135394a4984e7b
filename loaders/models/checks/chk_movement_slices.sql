-- Every slice of the weekly movement sums to all of it, begin, end and every line that is not a transfer.
with total as (

  select
    scope,
    slice,
    week_on,
    sum(begin_amount) as begin_amount,
    sum(end_amount) as end_amount,
    sum(new_amount) as new_amount,
    sum(won_amount) as won_amount,
    sum(lost_amount + deleted_amount) as lost_amount,
    sum(pulled_in_amount + pushed_in_amount + pulled_out_amount + pushed_out_amount) as moved_amount,
    sum(increased_amount + decreased_amount + revalued_amount) as changed_amount,
    sum(transferred_in_amount + transferred_out_amount) as transferred_amount
  from {{ ref('weekly_movement') }}
  group by scope, slice, week_on

)

select
  part.scope,
  part.slice,
  cast(part.week_on as varchar) as week_on,
  cast(part.end_amount as varchar) as slice_end,
  cast(whole.end_amount as varchar) as end_amount
from total as part
inner join total as whole on whole.scope = part.scope and whole.week_on = part.week_on and whole.slice = 'all'
where
  part.begin_amount <> whole.begin_amount
  or part.end_amount <> whole.end_amount
  or part.new_amount <> whole.new_amount
  or part.won_amount <> whole.won_amount
  or part.lost_amount <> whole.lost_amount
  or part.moved_amount <> whole.moved_amount
  or part.changed_amount <> whole.changed_amount
  or part.transferred_amount <> 0
