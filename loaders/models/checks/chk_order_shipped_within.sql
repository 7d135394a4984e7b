-- severity: warn
-- No order has more shipped than it was for: what is above its amount counts as repriced, not as backlog.
-- to do: correct the amount of the order, or of the shipment, in the ERP; an order that truly grew should say its new amount
select
  ordered.order_id,
  ordered.currency_code,
  cast(ordered.amount as varchar) as amount,
  cast(ordered.shipped_amount as varchar) as shipped_amount
from {{ ref('int_order') }} as ordered
where ordered.amount is not null and ordered.shipped_amount > greatest(ordered.amount, 0)
