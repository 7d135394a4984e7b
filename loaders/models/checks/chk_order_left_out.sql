-- severity: warn
-- Every shipment and every invoice counts somewhere.
-- to do: export the missing days and amounts; without them backlog, book-to-bill and lead times miss these records
select 'shipments without any day: they count nowhere' as problem, count(*)::integer as n, min(shipment_id) as example
from {{ ref('stg_shipment') }}
where shipped_on is null
having count(*) > 0
union all
select 'shipments of orders without an amount: in no backlog and in no figure of shipments', count(*)::integer, min(shipment.shipment_id)
from {{ ref('int_order_shipment') }} as shipment
inner join {{ ref('int_order') }} as ordered on ordered.order_id = shipment.order_id
where ordered.amount is null and not shipment.is_whole_assumed
having count(*) > 0
union all
select 'invoices without a day: they count nowhere', count(*)::integer, min(invoice_id)
from {{ ref('stg_invoice') }}
where invoiced_on is null
having count(*) > 0
union all
select 'invoices without an amount: they bill nothing', count(*)::integer, min(invoice_id)
from {{ ref('stg_invoice') }}
where invoiced_on is not null and amount is null
having count(*) > 0
