-- severity: warn
-- The words of orders and of their steps are known: what a word that is not known says is not heard.
-- to do: say in workspace.yaml which known word it is, in the file's map: status: {column: Status, recode: {Somewhere: open, Invoiced: shipped}}, milestone: {column: Step, recode: {Goods out: shipped}}
select 'orders whose status is not known: they count as open unless their days say otherwise' as problem, count(*)::integer as n,
  left(string_agg(distinct ordered.status, ', ' order by ordered.status), 300) as example
from {{ ref('int_order') }} as ordered
inner join {{ ref('int_order_status') }} as status on status.status = ordered.status
where status.word is null
having count(*) > 0
union all
select 'open orders whose status says that they are invoiced: that is not shipped', count(*)::integer, min(ordered.order_id)
from {{ ref('int_order') }} as ordered
inner join {{ ref('int_order_status') }} as status on status.status = ordered.status
where status.word = 'invoiced' and ordered.state = 'open'
having count(*) > 0
union all
select 'steps that are not engineering, material, production, test, shipped or delivered: they say neither that an order has left nor that it has arrived', count(*)::integer,
  left(string_agg(distinct milestone, ', ' order by milestone), 300)
from {{ ref('stg_order_milestone') }}
where milestone not in ('engineering', 'material', 'production', 'test', 'shipped', 'delivered')
having count(*) > 0
