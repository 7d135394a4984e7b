-- severity: warn
-- Stock and purchase orders are whole: counts are of the day, not below zero and told once, orders say when they are due, and both are of materials that bills name.
-- to do: export the stock of the as-of day with a row for each material, also those of which there is none, and give bins that are counted on days of their own a site of their own; close orders that will not come; write material ids as the bill of materials does
select 'stock below zero: counted as it is' as problem, count(*)::integer as n, min(material_id) as example
from {{ ref('material_stock') }}
where on_hand < 0
having count(*) > 0
union all
select 'stock counted after the as-of day: not taken', count(*)::integer, min(stock.material_id)
from {{ ref('stg_stock') }} as stock
cross join {{ workspace('run') }} as run
where stock.counted_on > run.as_of
having count(*) > 0
union all
select 'stock counted more than 31 days before the as-of day: what came and went since is not in it', count(*)::integer, min(stock.material_id)
from {{ ref('material_stock') }} as stock
cross join {{ workspace('run') }} as run
where stock.counted_on < run.as_of - 31
having count(*) > 0
union all
select 'materials of one site counted on several days: the newest count alone is taken, so bins counted on different days do not add up',
  count(*)::integer, min(material_id)
from (
  select stock.material_id
  from {{ ref('stg_stock') }} as stock
  cross join {{ workspace('run') }} as run
  where stock.counted_on is null or stock.counted_on <= run.as_of
  group by stock.material_id, stock.site
  having count(distinct coalesce(stock.counted_on, run.as_of)) > 1
)
having count(*) > 0
union all
select 'rows of stock that say the same twice: they add up', count(*)::integer, min(material_id)
from (
  select material_id from {{ ref('stg_stock') }}
  group by material_id, site, on_hand, counted_on
  having count(*) > 1 and max(on_hand) <> 0
)
having count(*) > 0
union all
select 'materials of bills without a row of stock: none is taken to be there', count(distinct need.material_id)::integer, min(need.material_id)
from {{ ref('product_needs') }} as need
where
  exists (select 1 from {{ ref('stg_stock') }})
  and not exists (select 1 from {{ ref('material_stock') }} as stock where stock.material_id = need.material_id)
having count(*) > 0
union all
select 'no material in stock is in any bill: their ids are written differently', count(*)::integer, min(stock.material_id)
from {{ ref('material_stock') }} as stock
left join (select distinct material_id from {{ ref('product_needs') }}) as need on need.material_id = stock.material_id
having count(*) > 0 and count(need.material_id) = 0
union all
select 'purchase orders of no positive quantity', count(*)::integer, min(coalesce(purchase_order_id, line_key))
from {{ ref('purchase_lines') }}
where quantity is null or quantity <= 0
having count(*) > 0
union all
select 'purchase orders that more was received of than was ordered', count(*)::integer, min(coalesce(purchase_order_id, line_key))
from {{ ref('purchase_lines') }}
where received_quantity > quantity
having count(*) > 0
union all
select 'open purchase orders without a due day: the lead time is taken, or where none is known they count nowhere', count(*)::integer,
  min(coalesce(purchase_order_id, line_key))
from {{ ref('purchase_lines') }}
where open_quantity > 0 and is_day_assumed
having count(*) > 0
union all
select 'purchase orders more than 90 days overdue: they are taken to come now', count(*)::integer, min(coalesce(line.purchase_order_id, line.line_key))
from {{ ref('purchase_lines') }} as line
cross join {{ workspace('run') }} as run
where line.open_quantity > 0 and line.expected_on < run.as_of - 90
having count(*) > 0
union all
select 'lines of purchase orders told twice: both are counted', count(*)::integer, min(purchase_order_id)
from (
  select purchase_order_id from {{ ref('purchase_lines') }}
  where purchase_order_id is not null and line_id is not null
  group by purchase_order_id, line_id, due_on, quantity
  having count(*) > 1
)
having count(*) > 0
union all
select 'purchase orders whose status is not known: they count as open unless their quantities say otherwise', count(*)::integer,
  left(string_agg(distinct line.status, ', ' order by line.status), 300)
from {{ ref('stg_purchase_order') }} as line
inner join {{ ref('int_purchase_status') }} as status on status.status = line.status
where not status.is_known
having count(*) > 0
