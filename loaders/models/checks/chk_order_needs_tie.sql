-- What orders take is what they order times the bill, to the unit: for each product and material, added up from the lines and the bill themselves.
with ordered as (

  select product_id, sum(quantity) as pieces from {{ ref('stg_order_line') }} group by product_id

),

expected as (

  select
    bill.product_id,
    bill.material_id,
    ordered.pieces * bill.quantity as quantity,
    ordered.pieces * coalesce(bill.hours, 0) as hours
  from {{ ref('stg_bill_of_materials') }} as bill
  inner join ordered on ordered.product_id = bill.product_id

),

found as (

  select product_id, material_id, sum(quantity) as quantity, sum(hours) as hours
  from {{ ref('order_needs') }}
  group by product_id, material_id

)

select
  coalesce(expected.product_id, found.product_id) as product_id,
  coalesce(expected.material_id, found.material_id) as material_id,
  expected.quantity as expected_quantity,
  found.quantity as found_quantity,
  expected.hours as expected_hours,
  found.hours as found_hours
from expected
full outer join found on found.product_id = expected.product_id and found.material_id = expected.material_id
where expected.product_id is null
  or found.product_id is null
  or abs(expected.quantity - found.quantity) > 1e-9 * greatest(1, abs(expected.quantity))
  or abs(expected.hours - found.hours) > 1e-9 * greatest(1, abs(expected.hours))
