-- severity: warn
-- Lines of orders are whole: each is told once, and says how many pieces it is of.
select 'line told twice: both are counted' as problem, order_id || ' / ' || line_id as record, cast(count(*) as varchar) as value
from {{ ref('stg_order_line') }}
group by order_id, line_id
having count(*) > 1
union all
select 'no quantity: one piece is taken', order_id || ' / ' || coalesce(line_id, product_id), null
from {{ source('order_line') }}
where quantity is null
