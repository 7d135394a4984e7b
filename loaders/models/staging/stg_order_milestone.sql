-- Common names of the two steps that say that an order has left and that it has arrived are those steps, where the order does not have the
-- step by its own name too; of two that mean the same the later planned one is it.
with named as (

  select
    order_id,
    lower(trim(milestone)) as said,
    planned_on,
    actual_on,
    case
      when lower(trim(milestone)) in (
        'shipped', 'shipment', 'shipping', 'ship', 'dispatch', 'dispatched', 'goods issue', 'goods issued', 'post goods issue',
        'ex works', 'left the works', 'versand', 'versendet', 'versandt', 'warenausgang', 'ausgeliefert'
      )
        then 'shipped'
      when lower(trim(milestone)) in (
        'delivered', 'delivery', 'arrived', 'arrival', 'proof of delivery', 'pod', 'received by customer', 'geliefert', 'lieferung',
        'zugestellt', 'angekommen'
      )
        then 'delivered'
    end as known
  from {{ source('order_milestone') }}

)

select
  order_id,
  case
    when
      known is not null
      and row_number() over (
        partition by order_id, known order by said <> known, planned_on desc nulls last, actual_on desc nulls last, said desc
      ) = 1
      then known
    else said
  end as milestone,
  planned_on,
  actual_on
from named
