-- severity: warn
-- Bills of materials are whole: each material has a lead time, a cost and a rate, quantities are above zero, centres offer hours, and no material has a bill of its own (bills of one level are exploded).
select 'bill line of no positive quantity' as problem, product_id || ' / ' || material_id as record, cast(quantity as varchar) as value
from {{ ref('stg_bill_of_materials') }}
where quantity is null or quantity <= 0
union all
select 'hours below zero', product_id || ' / ' || material_id, cast(hours as varchar)
from {{ ref('stg_bill_of_materials') }}
where hours < 0
union all
select 'hours without a work centre', product_id || ' / ' || material_id, cast(hours as varchar)
from {{ ref('stg_bill_of_materials') }}
where hours > 0 and work_centre_id is null
union all
select distinct 'material not in the table of materials', bill.material_id, null
from {{ ref('stg_bill_of_materials') }} as bill
left join {{ ref('stg_material') }} as material on material.material_id = bill.material_id
where material.material_id is null
union all
select distinct 'no lead time', material_id, null
from {{ ref('product_needs') }}
where lead_time_days is null and material_id in (select material_id from {{ ref('stg_material') }})
union all
select distinct 'no cost, or no exchange rate for it', material_id, null
from {{ ref('product_needs') }}
where unit_cost is null and material_id in (select material_id from {{ ref('stg_material') }})
union all
select distinct 'work centre without hours a week', bill.work_centre_id, null
from {{ ref('stg_bill_of_materials') }} as bill
left join {{ ref('stg_work_centre') }} as centre on centre.work_centre_id = bill.work_centre_id
where bill.work_centre_id is not null and coalesce(centre.hours_per_week, 0) <= 0
union all
select distinct 'material with a bill of its own', bill.material_id, null
from {{ ref('stg_bill_of_materials') }} as bill
inner join {{ ref('stg_bill_of_materials') }} as below on below.product_id = bill.material_id
