-- The backlog's movements and the invoices by month, of orders that are alike in all that the backlog is cut by: few rows stand for all.
with moved as (

  select
    move.month_on,
    slice.region,
    slice.segment,
    slice.product_family,
    slice.channel,
    move.line,
    move.n,
    move.amount
  from {{ ref('int_backlog_move') }} as move
  inner join {{ ref('int_order_slice') }} as slice on slice.order_id = move.order_id
  union all
  select
    month.month_on,
    slice.region,
    slice.segment,
    slice.product_family,
    slice.channel,
    6 as line,
    1 as n,
    invoice.amount
  from {{ ref('int_invoice') }} as invoice
  inner join {{ ref('int_order_month') }} as month on month.month_on = cast(date_trunc('month', invoice.invoiced_on) as date)
  left join {{ ref('int_order_slice') }} as slice on slice.order_id = invoice.order_id

)

select
  month_on,
  region,
  segment,
  product_family,
  channel,
  cast(sum(case when line = 1 then amount else 0 end) as decimal(18, 2)) as ordered_amount,
  cast(sum(case when line = 2 then amount else 0 end) as decimal(18, 2)) as shipped_amount,
  cast(sum(case when line = 3 then amount else 0 end) as decimal(18, 2)) as cancelled_amount,
  cast(sum(case when line = 4 then amount else 0 end) as decimal(18, 2)) as repriced_amount,
  cast(sum(case when line = 5 then amount else 0 end) as decimal(18, 2)) as revalued_amount,
  cast(sum(case when line = 6 then amount else 0 end) as decimal(18, 2)) as billed_amount,
  cast(sum(case when line = 1 then n else 0 end) as integer) as n_ordered,
  cast(sum(case when line = 2 then n else 0 end) as integer) as n_shipments,
  cast(sum(case when line = 3 then n else 0 end) as integer) as n_cancelled,
  cast(sum(case when line = 4 then n else 0 end) as integer) as n_repriced
from moved
group by month_on, region, segment, product_family, channel
