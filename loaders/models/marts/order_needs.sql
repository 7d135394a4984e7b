-- What orders take: the pieces of each product that an order has, times its bill. All orders, those delivered and cancelled too.
with pieces as (

  select order_id, product_id, cast(sum(quantity) as double) as pieces
  from {{ ref('stg_order_line') }}
  group by order_id, product_id

)

select
  pieces.order_id,
  need.product_id,
  need.material_id,
  pieces.pieces,
  pieces.pieces * need.quantity as quantity,
  cast(pieces.pieces * need.quantity * need.unit_cost as decimal(18, 2)) as cost,
  need.work_centre_id,
  pieces.pieces * need.hours as hours
from pieces
inner join {{ ref('product_needs') }} as need on need.product_id = pieces.product_id
