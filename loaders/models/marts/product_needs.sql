-- What one piece of a product takes: each material of its bill, what that costs at the standard cost and the rate of the as-of day,
-- how long the supplier takes, and the hours at the work centre where it is worked. Bills have one level.
select
  bill.product_id,
  coalesce(product.product_name, bill.product_id) as product,
  bill.material_id,
  coalesce(material.material, bill.material_id) as material,
  material.is_stocked,
  material.lead_time_days,
  cast(bill.quantity as double) as quantity,
  -- Rounded to the cent only once multiplied by pieces.
  cast(material.unit_cost * cast(fx.rate as double) as decimal(18, 6)) as unit_cost,
  bill.work_centre_id,
  coalesce(centre.work_centre, bill.work_centre_id) as work_centre,
  cast(coalesce(bill.hours, 0) as double) as hours
from {{ ref('stg_bill_of_materials') }} as bill
cross join {{ workspace('run') }} as run
left join {{ ref('stg_product') }} as product on product.product_id = bill.product_id
left join {{ ref('stg_material') }} as material on material.material_id = bill.material_id
left join {{ ref('stg_work_centre') }} as centre on centre.work_centre_id = bill.work_centre_id
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = material.currency_code and fx.from_on <= run.as_of and fx.to_on > run.as_of
