-- Begin and end come from the stock, the movements from the classes of deals: two ways that have to meet.
-- Each slice is summed from the deals by itself: all deals eight times over, side by side, are never a table.
with grouped_delta as (

  select 'all' as slice, '(all)' as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by week_number, due_quarter_on
  union all
  select 'owner' as slice, coalesce(owner, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by owner, week_number, due_quarter_on
  union all
  select 'team' as slice, coalesce(team, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by team, week_number, due_quarter_on
  union all
  select 'region' as slice, coalesce(region, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by region, week_number, due_quarter_on
  union all
  select 'segment' as slice, coalesce(segment, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by segment, week_number, due_quarter_on
  union all
  select 'channel' as slice, coalesce(channel, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by channel, week_number, due_quarter_on
  union all
  select 'product_family' as slice, coalesce(product_family, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by product_family, week_number, due_quarter_on
  union all
  select 'deal_type' as slice, coalesce(deal_type, '(none)') as slice_value, week_number, due_quarter_on, sum(amount) as amount, sum(n) as n
  from {{ ref('int_stock_delta') }}
  group by deal_type, week_number, due_quarter_on

),

grouped_line as (

  select 'all' as slice, '(all)' as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by scope, week_number, line
  union all
  select 'owner' as slice, coalesce(owner, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by owner, scope, week_number, line
  union all
  select 'team' as slice, coalesce(team, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by team, scope, week_number, line
  union all
  select 'region' as slice, coalesce(region, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by region, scope, week_number, line
  union all
  select 'segment' as slice, coalesce(segment, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by segment, scope, week_number, line
  union all
  select 'channel' as slice, coalesce(channel, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by channel, scope, week_number, line
  union all
  select 'product_family' as slice, coalesce(product_family, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by product_family, scope, week_number, line
  union all
  select 'deal_type' as slice, coalesce(deal_type, '(none)') as slice_value, scope, week_number, line, sum(amount) as amount, sum(n_change) as n_change
  from {{ ref('deal_movement') }}
  group by deal_type, scope, week_number, line

),

-- A slice whose only deals came and went within one week never stood at a week's end; its movements count all the same.
slice as (

  select slice, slice_value, min(week_number) as first_week
  from (
    select slice, slice_value, week_number from grouped_delta
    union all
    select slice, slice_value, week_number from grouped_line
  ) as seen
  group by slice, slice_value

),

spine as (

  select slice.slice, slice.slice_value, week.week_number, week.week_on, week.ends_on, week.quarter_starts_on
  from slice
  inner join {{ ref('int_week') }} as week on week.week_number >= slice.first_week

),

quarter as (

  select quarter_starts_on, min(week_number) as first_week, max(week_number) as last_week
  from {{ ref('int_week') }}
  group by quarter_starts_on

),

weekly_delta as (

  select slice, slice_value, week_number, sum(amount) as amount, sum(n) as n
  from grouped_delta
  group by slice, slice_value, week_number

),

whole as (

  select
    spine.slice,
    spine.slice_value,
    spine.week_number,
    sum(coalesce(weekly_delta.amount, 0)) over so_far as end_amount,
    sum(coalesce(weekly_delta.n, 0)) over so_far as n_end,
    coalesce(weekly_delta.amount, 0) as net_amount,
    coalesce(weekly_delta.n, 0) as net_n
  from spine
  left join weekly_delta
    on weekly_delta.slice = spine.slice
    and weekly_delta.slice_value = spine.slice_value
    and weekly_delta.week_number = spine.week_number
  window so_far as (
    partition by spine.slice, spine.slice_value order by spine.week_number
    rows between unbounded preceding and current row
  )

),

-- What is due in a quarter and came before its first week counts in that week, but is not that week's change.
due_delta as (

  select
    due.slice,
    due.slice_value,
    quarter.quarter_starts_on,
    greatest(due.week_number, quarter.first_week) as week_number,
    sum(due.amount) as amount,
    sum(due.n) as n,
    sum(case when due.week_number >= quarter.first_week then due.amount else 0 end) as net_amount,
    sum(case when due.week_number >= quarter.first_week then due.n else 0 end) as net_n
  from grouped_delta as due
  inner join quarter on quarter.quarter_starts_on = due.due_quarter_on and due.week_number <= quarter.last_week
  group by due.slice, due.slice_value, quarter.quarter_starts_on, greatest(due.week_number, quarter.first_week)

),

due_week as (

  select
    spine.slice,
    spine.slice_value,
    spine.quarter_starts_on,
    spine.week_number,
    coalesce(due_delta.amount, 0) as amount,
    coalesce(due_delta.n, 0) as n,
    coalesce(due_delta.net_amount, 0) as net_amount,
    coalesce(due_delta.net_n, 0) as net_n
  from spine
  left join due_delta
    on due_delta.slice = spine.slice
    and due_delta.slice_value = spine.slice_value
    and due_delta.quarter_starts_on = spine.quarter_starts_on
    and due_delta.week_number = spine.week_number

),

stock as (

  select
    'all' as scope,
    slice,
    slice_value,
    week_number,
    end_amount - net_amount as begin_amount,
    end_amount,
    n_end - net_n as n_begin,
    n_end
  from whole
  union all
  select
    'quarter' as scope,
    slice,
    slice_value,
    week_number,
    sum(amount) over so_far - net_amount as begin_amount,
    sum(amount) over so_far as end_amount,
    sum(n) over so_far - net_n as n_begin,
    sum(n) over so_far as n_end
  from due_week
  window so_far as (
    partition by slice, slice_value, quarter_starts_on order by week_number
    rows between unbounded preceding and current row
  )

),

movement as (

  select
    scope,
    slice,
    slice_value,
    week_number,
    sum(n_change) as n_net,
    sum(case when line = 'new' then amount else 0 end) as new_amount,
    sum(case when line = 'reopened' then amount else 0 end) as reopened_amount,
    sum(case when line = 'pulled_in' then amount else 0 end) as pulled_in_amount,
    sum(case when line = 'pushed_in' then amount else 0 end) as pushed_in_amount,
    sum(case when line = 'transferred_in' then amount else 0 end) as transferred_in_amount,
    sum(case when line = 'increased' then amount else 0 end) as increased_amount,
    sum(case when line = 'decreased' then amount else 0 end) as decreased_amount,
    sum(case when line = 'revalued' then amount else 0 end) as revalued_amount,
    sum(case when line = 'won' then amount else 0 end) as won_amount,
    sum(case when line = 'lost' then amount else 0 end) as lost_amount,
    sum(case when line = 'pushed_out' then amount else 0 end) as pushed_out_amount,
    sum(case when line = 'pulled_out' then amount else 0 end) as pulled_out_amount,
    sum(case when line = 'transferred_out' then amount else 0 end) as transferred_out_amount,
    sum(case when line = 'deleted' then amount else 0 end) as deleted_amount
  from grouped_line
  group by scope, slice, slice_value, week_number

)

select
  stock.scope,
  stock.slice,
  stock.slice_value,
  week.week_on,
  week.ends_on,
  cast(stock.begin_amount as decimal(18, 2)) as begin_amount,
  cast(coalesce(movement.new_amount, 0) as decimal(18, 2)) as new_amount,
  cast(coalesce(movement.reopened_amount, 0) as decimal(18, 2)) as reopened_amount,
  cast(coalesce(movement.pulled_in_amount, 0) as decimal(18, 2)) as pulled_in_amount,
  cast(coalesce(movement.pushed_in_amount, 0) as decimal(18, 2)) as pushed_in_amount,
  cast(coalesce(movement.transferred_in_amount, 0) as decimal(18, 2)) as transferred_in_amount,
  cast(coalesce(movement.increased_amount, 0) as decimal(18, 2)) as increased_amount,
  cast(coalesce(movement.decreased_amount, 0) as decimal(18, 2)) as decreased_amount,
  cast(coalesce(movement.revalued_amount, 0) as decimal(18, 2)) as revalued_amount,
  cast(coalesce(movement.won_amount, 0) as decimal(18, 2)) as won_amount,
  cast(coalesce(movement.lost_amount, 0) as decimal(18, 2)) as lost_amount,
  cast(coalesce(movement.pushed_out_amount, 0) as decimal(18, 2)) as pushed_out_amount,
  cast(coalesce(movement.pulled_out_amount, 0) as decimal(18, 2)) as pulled_out_amount,
  cast(coalesce(movement.transferred_out_amount, 0) as decimal(18, 2)) as transferred_out_amount,
  cast(coalesce(movement.deleted_amount, 0) as decimal(18, 2)) as deleted_amount,
  cast(stock.end_amount as decimal(18, 2)) as end_amount,
  cast(stock.n_begin as integer) as n_begin,
  cast(coalesce(movement.n_net, 0) as integer) as n_net,
  cast(stock.n_end as integer) as n_end
from stock
inner join {{ ref('int_week') }} as week on week.week_number = stock.week_number
left join movement
  on movement.scope = stock.scope
  and movement.slice = stock.slice
  and movement.slice_value = stock.slice_value
  and movement.week_number = stock.week_number
order by stock.scope, stock.slice, stock.slice_value, week.week_on
