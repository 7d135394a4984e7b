-- materialized: view
-- Begin and end come from the stock, the movements from the classes of deals: two ways that have to meet, which chk_movement_adds_up
-- holds them to for what slices are made of. A view: in a large firm nearly all rows are single owners' and are read by nobody.
-- Every slice is made of groups of deals or of owners (int_stock_delta), and is a number until the end. Sums are brought back to
-- their width at each step: to sum the wide ones that a sum gives costs twice as much.
with owner as (

  select
    value.value_code as owner_key,
    coalesce(person.person_name, value.value) as owner,
    coalesce(person.team, '(none)') as team
  from {{ ref('int_value') }} as value
  left join {{ ref('stg_person') }} as person on person.person_id = value.value
  union all
  select 0 as owner_key, '(none)' as owner, '(none)' as team

),

named as (

  select group_key, cast(null as integer) as owner_key, 'all' as slice, '(all)' as slice_value from {{ ref('int_slice_group') }}
  union all
  select group_key, null, 'region', region from {{ ref('int_slice_group') }}
  union all
  select group_key, null, 'segment', segment from {{ ref('int_slice_group') }}
  union all
  select group_key, null, 'channel', channel from {{ ref('int_slice_group') }}
  union all
  select group_key, null, 'product_family', product_family from {{ ref('int_slice_group') }}
  union all
  select group_key, null, 'deal_type', deal_type from {{ ref('int_slice_group') }}
  union all
  select null, owner_key, 'owner', owner from owner
  union all
  select null, owner_key, 'team', team from owner

),

-- Which groups and which owners each slice is made of.
member as (

  select
    group_key,
    owner_key,
    slice,
    slice_value,
    cast(dense_rank() over (order by slice, slice_value) as integer) as slice_key
  from named

),

grouped_delta as (

  select
    member.slice_key,
    delta.week_number,
    delta.due_quarter_on,
    cast(sum(delta.amount) as decimal(18, 2)) as amount,
    cast(sum(delta.n) as bigint) as n
  from {{ ref('int_stock_delta') }} as delta
  inner join member on member.group_key = delta.group_key
  group by member.slice_key, delta.week_number, delta.due_quarter_on
  union all
  select
    member.slice_key,
    delta.week_number,
    delta.due_quarter_on,
    cast(sum(delta.amount) as decimal(18, 2)) as amount,
    cast(sum(delta.n) as bigint) as n
  from {{ ref('int_stock_delta') }} as delta
  inner join member on member.owner_key = delta.owner_key
  group by member.slice_key, delta.week_number, delta.due_quarter_on

),

group_line as (

  select alike.group_key, line.scope, line.week_number, line.line, cast(sum(line.amount) as decimal(18, 2)) as amount, cast(sum(line.n_change) as bigint) as n_change
  from {{ ref('int_movement_line') }} as line
  inner join {{ ref('int_deal_group') }} as alike on alike.deal_key = line.deal_key
  group by alike.group_key, line.scope, line.week_number, line.line

),

owner_line as (

  select coalesce(owner_key, 0) as owner_key, scope, week_number, line, cast(sum(amount) as decimal(18, 2)) as amount, cast(sum(n_change) as bigint) as n_change
  from {{ ref('int_movement_line') }}
  group by coalesce(owner_key, 0), scope, week_number, line

),

grouped_line as (

  select member.slice_key, group_line.scope, group_line.week_number, group_line.line, cast(sum(group_line.amount) as decimal(18, 2)) as amount, cast(sum(group_line.n_change) as bigint) as n_change
  from group_line
  inner join member on member.group_key = group_line.group_key
  group by member.slice_key, group_line.scope, group_line.week_number, group_line.line
  union all
  select member.slice_key, owner_line.scope, owner_line.week_number, owner_line.line, cast(sum(owner_line.amount) as decimal(18, 2)) as amount, cast(sum(owner_line.n_change) as bigint) as n_change
  from owner_line
  inner join member on member.owner_key = owner_line.owner_key
  group by member.slice_key, owner_line.scope, owner_line.week_number, owner_line.line

),

-- A slice whose only deals came and went within one week never stood at a week's end; its movements count all the same.
slice as (

  select slice_key, min(week_number) as first_week
  from (
    select slice_key, week_number from grouped_delta
    union all
    select slice_key, week_number from grouped_line
  ) as seen
  group by slice_key

),

spine as (

  select slice.slice_key, week.week_number, week.week_on, week.ends_on, week.quarter_starts_on
  from slice
  inner join {{ ref('int_week') }} as week on week.week_number >= slice.first_week

),

quarter as (

  select quarter_starts_on, min(week_number) as first_week, max(week_number) as last_week
  from {{ ref('int_week') }}
  group by quarter_starts_on

),

weekly_delta as (

  select slice_key, week_number, cast(sum(amount) as decimal(18, 2)) as amount, cast(sum(n) as bigint) as n
  from grouped_delta
  group by slice_key, week_number

),

whole as (

  select
    spine.slice_key,
    spine.week_number,
    sum(coalesce(weekly_delta.amount, 0)) over so_far as end_amount,
    sum(coalesce(weekly_delta.n, 0)) over so_far as n_end,
    coalesce(weekly_delta.amount, 0) as net_amount,
    coalesce(weekly_delta.n, 0) as net_n
  from spine
  left join weekly_delta
    on weekly_delta.slice_key = spine.slice_key
    and weekly_delta.week_number = spine.week_number
  window so_far as (
    partition by spine.slice_key order by spine.week_number
    rows between unbounded preceding and current row
  )

),

-- What is due in a quarter and came before its first week counts in that week, but is not that week's change.
due_delta as (

  select
    due.slice_key,
    quarter.quarter_starts_on,
    greatest(due.week_number, quarter.first_week) as week_number,
    cast(sum(due.amount) as decimal(18, 2)) as amount,
    cast(sum(due.n) as bigint) as n,
    cast(sum(case when due.week_number >= quarter.first_week then due.amount else 0 end) as decimal(18, 2)) as net_amount,
    cast(sum(case when due.week_number >= quarter.first_week then due.n else 0 end) as bigint) as net_n
  from grouped_delta as due
  inner join quarter on quarter.quarter_starts_on = due.due_quarter_on and due.week_number <= quarter.last_week
  group by due.slice_key, quarter.quarter_starts_on, greatest(due.week_number, quarter.first_week)

),

due_week as (

  select
    spine.slice_key,
    spine.quarter_starts_on,
    spine.week_number,
    coalesce(due_delta.amount, 0) as amount,
    coalesce(due_delta.n, 0) as n,
    coalesce(due_delta.net_amount, 0) as net_amount,
    coalesce(due_delta.net_n, 0) as net_n
  from spine
  left join due_delta
    on due_delta.slice_key = spine.slice_key
    and due_delta.quarter_starts_on = spine.quarter_starts_on
    and due_delta.week_number = spine.week_number

),

stock as (

  select
    1 as scope,
    slice_key,
    week_number,
    end_amount - net_amount as begin_amount,
    end_amount,
    n_end - net_n as n_begin,
    n_end
  from whole
  union all
  select
    2 as scope,
    slice_key,
    week_number,
    sum(amount) over so_far - net_amount as begin_amount,
    sum(amount) over so_far as end_amount,
    sum(n) over so_far - net_n as n_begin,
    sum(n) over so_far as n_end
  from due_week
  window so_far as (
    partition by slice_key, quarter_starts_on order by week_number
    rows between unbounded preceding and current row
  )

),

-- A slice has each line of a week once, so that the largest of one amount is the amount: half the cost of its sum.
movement as (

  select
    scope,
    slice_key,
    week_number,
    sum(n_change) as n_net,
    max(case when line = 1 then amount end) as new_amount,
    max(case when line = 2 then amount end) as reopened_amount,
    max(case when line = 3 then amount end) as pulled_in_amount,
    max(case when line = 4 then amount end) as pushed_in_amount,
    max(case when line = 5 then amount end) as transferred_in_amount,
    max(case when line = 6 then amount end) as increased_amount,
    max(case when line = 7 then amount end) as decreased_amount,
    max(case when line = 8 then amount end) as revalued_amount,
    max(case when line = 9 then amount end) as won_amount,
    max(case when line = 10 then amount end) as lost_amount,
    max(case when line = 11 then amount end) as pushed_out_amount,
    max(case when line = 12 then amount end) as pulled_out_amount,
    max(case when line = 13 then amount end) as transferred_out_amount,
    max(case when line = 14 then amount end) as deleted_amount
  from grouped_line
  group by scope, slice_key, week_number

)

select
  case stock.scope when 1 then 'all' else 'quarter' end as scope,
  label.slice,
  label.slice_value,
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
inner join (select distinct slice_key, slice, slice_value from member) as label on label.slice_key = stock.slice_key
left join movement
  on movement.scope = stock.scope
  and movement.slice_key = stock.slice_key
  and movement.week_number = stock.week_number
