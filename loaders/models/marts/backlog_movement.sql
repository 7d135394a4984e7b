with cell as (

  select 'all' as slice, '(all)' as slice_value, * from {{ ref('int_backlog_cell') }}
  union all
  select 'region', coalesce(region, '(none)'), * from {{ ref('int_backlog_cell') }}
  union all
  select 'segment', coalesce(segment, '(none)'), * from {{ ref('int_backlog_cell') }}
  union all
  select 'product_family', coalesce(product_family, '(none)'), * from {{ ref('int_backlog_cell') }}
  union all
  select 'channel', coalesce(channel, '(none)'), * from {{ ref('int_backlog_cell') }}

),

label as (

  select distinct slice, slice_value from cell

),

-- Every month, so that a month without a movement has a begin and an end too.
filled as (

  select
    label.slice,
    label.slice_value,
    month.month_on,
    month.ends_on,
    month.is_whole,
    coalesce(sum(cell.ordered_amount), 0) as ordered_amount,
    coalesce(sum(cell.shipped_amount), 0) as shipped_amount,
    coalesce(sum(cell.cancelled_amount), 0) as cancelled_amount,
    coalesce(sum(cell.repriced_amount), 0) as repriced_amount,
    coalesce(sum(cell.revalued_amount), 0) as revalued_amount,
    coalesce(sum(cell.billed_amount), 0) as billed_amount,
    coalesce(sum(cell.n_ordered), 0) as n_ordered,
    coalesce(sum(cell.n_shipments), 0) as n_shipments,
    coalesce(sum(cell.n_cancelled), 0) as n_cancelled
  from label
  cross join {{ ref('int_order_month') }} as month
  left join cell
    on cell.slice = label.slice and cell.slice_value = label.slice_value and cell.month_on = month.month_on
  group by label.slice, label.slice_value, month.month_on, month.ends_on, month.is_whole

),

level as (

  select
    *,
    sum(ordered_amount + shipped_amount + cancelled_amount + repriced_amount + revalued_amount)
      over (partition by slice, slice_value order by month_on) as end_amount
  from filled

),

billed as (

  select count(*) > 0 as is_known from {{ ref('int_invoice') }}

)

select
  level.slice,
  level.slice_value,
  level.month_on,
  level.ends_on,
  level.is_whole,
  cast(coalesce(lag(level.end_amount) over (partition by level.slice, level.slice_value order by level.month_on), 0) as decimal(18, 2))
    as begin_amount,
  cast(level.ordered_amount as decimal(18, 2)) as ordered_amount,
  cast(level.shipped_amount as decimal(18, 2)) as shipped_amount,
  cast(level.cancelled_amount as decimal(18, 2)) as cancelled_amount,
  cast(level.repriced_amount as decimal(18, 2)) as repriced_amount,
  cast(level.revalued_amount as decimal(18, 2)) as revalued_amount,
  cast(level.end_amount as decimal(18, 2)) as end_amount,
  case when billed.is_known then cast(level.billed_amount as decimal(18, 2)) end as billed_amount,
  cast(level.n_ordered as integer) as n_ordered,
  cast(level.n_shipments as integer) as n_shipments,
  cast(level.n_cancelled as integer) as n_cancelled
from level
cross join billed
