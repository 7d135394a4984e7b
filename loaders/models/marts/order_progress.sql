-- How far each order is in the works, as of the day: whether it still stands (the backlog's own rule), the planned and the actual day of
-- each step that planning knows by name, and the money of what no bill explodes.
with run as (

  select * from {{ workspace('run') }}

),

milestone as (

  -- What happened after the as-of day has not happened.
  select
    stated.order_id,
    stated.milestone,
    stated.planned_on,
    case when stated.actual_on <= run.as_of then stated.actual_on end as actual_on
  from {{ ref('stg_order_milestone') }} as stated
  cross join run

),

step as (

  select
    order_id,
    max(case when milestone = 'engineering' then planned_on end) as engineering_planned_on,
    max(case when milestone = 'engineering' then actual_on end) as engineering_on,
    max(case when milestone = 'material' then planned_on end) as material_planned_on,
    max(case when milestone = 'material' then actual_on end) as material_on,
    max(case when milestone = 'production' then planned_on end) as production_planned_on,
    max(case when milestone = 'production' then actual_on end) as production_on,
    max(case when milestone = 'test' then planned_on end) as test_planned_on,
    max(case when milestone = 'test' then actual_on end) as test_on,
    max(case when milestone = 'shipped' then planned_on end) as shipped_planned_on,
    max(case when milestone = 'shipped' then actual_on end) as shipped_on,
    max(case when milestone = 'delivered' then planned_on end) as delivered_planned_on,
    max(case when milestone = 'delivered' then actual_on end) as delivered_on
  from milestone
  group by order_id

),

line as (

  select
    line.order_id,
    count(*) as n_lines,
    sum(case when bill.product_id is null then 1 else 0 end) as n_unbilled_lines,
    sum(case when bill.product_id is null then line.amount end) as unbilled_amount
  from {{ ref('stg_order_line') }} as line
  left join (select distinct product_id from {{ ref('stg_bill_of_materials') }}) as bill on bill.product_id = line.product_id
  group by line.order_id

)

select
  orders.order_id,
  orders.stated_deal_id,
  account.account_name,
  orders.ordered_on,
  case when orders.state = 'cancelled' then orders.closed_on end as cancelled_on,
  case when orders.state = 'shipped' then orders.closed_on end as done_on,
  {{ converted('orders.amount', 'fx.rate') }} as amount_base,
  cast(coalesce(line.n_lines, 0) as integer) as n_lines,
  cast(coalesce(line.n_unbilled_lines, 0) as integer) as n_unbilled_lines,
  {{ converted('line.unbilled_amount', 'fx.rate') }} as unbilled_amount_base,
  step.* exclude (order_id)
from {{ ref('int_order') }} as orders
cross join run
left join {{ ref('stg_account') }} as account on account.account_id = orders.account_id
left join step on step.order_id = orders.order_id
left join line on line.order_id = orders.order_id
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = orders.currency_code and fx.from_on <= run.as_of and fx.to_on > run.as_of
