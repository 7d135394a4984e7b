-- What left the works; the amount is in the currency of the order.
select
  shipment_id,
  order_id,
  coalesce(shipped_on, delivered_on) as shipped_on,
  delivered_on,
  amount,
  source_file
from {{ source('shipment') }}
