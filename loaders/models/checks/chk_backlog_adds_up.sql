-- The backlog adds up in every slice, to the cent: begin, orders, shipments, cancellations and revaluation make the end, which is the next
-- month's begin; the values of a slice make the whole; the last end is what the open orders are still worth one by one; and orders in base
-- currency are never revalued.
with movement as (

  select * from {{ ref('backlog_movement') }}

),

followed as (

  select
    *,
    lag(end_amount) over (partition by slice, slice_value order by month_on) as end_before
  from movement

),

whole as (

  select
    month_on,
    slice,
    sum(begin_amount) as begin_amount,
    sum(ordered_amount) as ordered_amount,
    sum(shipped_amount) as shipped_amount,
    sum(cancelled_amount) as cancelled_amount,
    sum(repriced_amount) as repriced_amount,
    sum(revalued_amount) as revalued_amount,
    sum(end_amount) as end_amount,
    sum(coalesce(billed_amount, 0)) as billed_amount
  from movement
  group by month_on, slice

),

-- The open orders one by one, by each slice.
standing as (

  select 'all' as slice, '(all)' as slice_value, backlog_amount from {{ ref('orders') }}
  union all
  select 'region', coalesce(region, '(none)'), backlog_amount from {{ ref('orders') }}
  union all
  select 'segment', coalesce(segment, '(none)'), backlog_amount from {{ ref('orders') }}
  union all
  select 'product_family', coalesce(product_family, '(none)'), backlog_amount from {{ ref('orders') }}
  union all
  select 'channel', coalesce(channel, '(none)'), backlog_amount from {{ ref('orders') }}

),

left_over as (

  select slice, slice_value, sum(coalesce(backlog_amount, 0)) as backlog_amount
  from standing
  group by slice, slice_value

),

newest as (

  select * from movement where month_on = (select max(month_on) from movement)

),

sums as (

  select
    (select coalesce(sum(amount_base), 0) from {{ ref('orders') }}) as ordered_amount,
    (select coalesce(sum(ordered_amount), 0) from movement where slice = 'all') as moved_amount,
    (select coalesce(sum(amount), 0) from {{ ref('int_invoice') }}) as invoiced_amount,
    (select coalesce(sum(billed_amount), 0) from movement where slice = 'all') as billed_amount

)

select
  'a month does not add up' as problem,
  slice || ' ' || slice_value as place,
  cast(month_on as varchar) as month_on,
  cast(begin_amount + ordered_amount + shipped_amount + cancelled_amount + repriced_amount + revalued_amount as varchar) as adds_up_to,
  cast(end_amount as varchar) as expected
from followed
where
  begin_amount + ordered_amount + shipped_amount + cancelled_amount + repriced_amount + revalued_amount <> end_amount
  or begin_amount <> coalesce(end_before, 0)
union all
select
  'the values of a slice do not make the whole',
  part.slice,
  cast(part.month_on as varchar),
  cast(part.end_amount as varchar),
  cast(total.end_amount as varchar)
from whole as part
inner join whole as total on total.month_on = part.month_on and total.slice = 'all'
where
  part.begin_amount <> total.begin_amount
  or part.ordered_amount <> total.ordered_amount
  or part.shipped_amount <> total.shipped_amount
  or part.cancelled_amount <> total.cancelled_amount
  or part.repriced_amount <> total.repriced_amount
  or part.revalued_amount <> total.revalued_amount
  or part.end_amount <> total.end_amount
  or part.billed_amount <> total.billed_amount
union all
select
  'the movements end elsewhere than the open orders',
  left_over.slice || ' ' || left_over.slice_value,
  cast(newest.month_on as varchar),
  cast(newest.end_amount as varchar),
  cast(left_over.backlog_amount as varchar)
from left_over
left join newest on newest.slice = left_over.slice and newest.slice_value = left_over.slice_value
where coalesce(newest.end_amount, 0) <> left_over.backlog_amount
union all
select 'orders are lost on the way to the months', 'all', null, cast(moved_amount as varchar), cast(ordered_amount as varchar)
from sums
where moved_amount <> ordered_amount
union all
select 'invoices are lost on the way to the months', 'all', null, cast(billed_amount as varchar), cast(invoiced_amount as varchar)
from sums
where billed_amount <> invoiced_amount
union all
select 'an order in base currency is revalued', ordered.order_id, null, cast(ordered.revalued_amount as varchar), '0.00'
from {{ ref('orders') }} as ordered
inner join {{ workspace('run') }} as run on run.base_currency = ordered.currency_code
where ordered.revalued_amount <> 0
