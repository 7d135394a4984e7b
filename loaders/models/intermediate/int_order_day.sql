-- The rate to base currency on each day that an order's money needs one: the days it was ordered, shipped, cancelled and invoiced, and
-- the ends of the months, in each currency orders are in.
with run as (

  select * from {{ workspace('run') }}

),

needed as (

  select currency_code, ordered_on as needed_on from {{ ref('int_order') }}
  union
  select currency_code, closed_on from {{ ref('int_order') }} where closed_on is not null
  union
  select head.currency_code, shipment.shipped_on
  from {{ ref('int_order_shipment') }} as shipment
  inner join {{ ref('int_order_head') }} as head on head.order_id = shipment.order_id
  union
  select coalesce(invoice.currency_code, head.currency_code, run.base_currency), invoice.invoiced_on
  from {{ ref('stg_invoice') }} as invoice
  cross join run
  left join {{ ref('int_order_head') }} as head on head.order_id = invoice.order_id
  where invoice.invoiced_on <= run.as_of
  union
  select span.currency_code, month.ends_on
  from (
    select currency_code, min(ordered_on) as first_on from {{ ref('int_order') }} group by currency_code
  ) as span
  inner join {{ ref('int_order_month') }} as month on month.ends_on >= span.first_on

)

select
  needed.currency_code,
  needed.needed_on,
  fx.rate
from needed
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = needed.currency_code
  and fx.from_on <= needed.needed_on
  and fx.to_on > needed.needed_on
