-- severity: warn
-- Order records are whole: each has an amount, a day and a promise, what hangs on an order names one that is there, and days run forward.
select 'orders without an amount' as problem, count(*)::integer as n, min(order_id) as example
from {{ ref('int_order') }}
where amount is null
having count(*) > 0
union all
select 'orders without a promised day', count(*)::integer, min(order_id)
from {{ ref('int_order') }}
where promised_on is null
having count(*) > 0
union all
select 'orders whose own day is missing: the first day of what happened to them is taken', count(*)::integer, min(order_id)
from {{ ref('int_order') }}
where is_day_assumed
having count(*) > 0
union all
select 'orders of which no day is known at all: they count nowhere', count(*)::integer, min(stated.order_id)
from {{ ref('stg_order') }} as stated
where
  stated.ordered_on is null
  and not exists (select 1 from {{ ref('int_order') }} as ordered where ordered.order_id = stated.order_id)
  and not exists (
    select 1 from {{ ref('stg_order_milestone') }} as milestone
    where milestone.order_id = stated.order_id and milestone.actual_on is not null
  )
having count(*) > 0
union all
select 'orders cancelled without a day: the last day of what happened to them is taken', count(*)::integer, min(order_id)
from {{ ref('int_order') }}
where is_cancel_day_assumed
having count(*) > 0
union all
select 'orders with shipments without an amount, or that have left without a shipment: each order says what is taken', count(*)::integer, min(order_id)
from {{ ref('int_order') }}
where is_shipment_assumed
having count(*) > 0
union all
select 'orders that left more than 60 days ago without a day of arrival: neither late nor on time', count(*)::integer, min(ordered.order_id)
from {{ ref('int_order') }} as ordered
cross join {{ workspace('run') }} as run
where ordered.state = 'shipped' and ordered.delivered_on is null and ordered.closed_on < run.as_of - 60
having count(*) > 0
union all
select 'steps that end before the step before them', count(*)::integer, min(order_id)
from {{ ref('int_order_phase') }}
where phase_days < 0
having count(*) > 0
union all
select 'orders delivered before they were placed', count(*)::integer, min(order_id)
from {{ ref('int_order') }}
where delivered_on < ordered_on
having count(*) > 0
union all
select stray.kind || ' of orders that the exports do not have', count(*)::integer, min(stray.order_id)
from (
  select 'lines' as kind, order_id from {{ ref('stg_order_line') }}
  union all
  select 'milestones', order_id from {{ ref('stg_order_milestone') }}
  union all
  select 'shipments', order_id from {{ ref('stg_shipment') }}
  union all
  select 'invoices', order_id from {{ ref('stg_invoice') }}
) as stray
left join {{ ref('stg_order') }} as stated on stated.order_id = stray.order_id
where stray.order_id is not null and stated.order_id is null
group by stray.kind
