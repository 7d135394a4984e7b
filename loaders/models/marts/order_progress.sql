-- How far each order is in the works: the planned and the actual day of each step that planning knows by name, and the money of what
-- no bill explodes.
with run as (

  select * from {{ workspace('run') }}

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
  from {{ ref('stg_order_milestone') }}
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
  -- Where only the status says that it was called off, nothing of it is needed from its first day on.
  coalesce(
    orders.cancelled_on,
    case when regexp_matches(lower(orders.status), '^(cancel|called off|storn)') then orders.ordered_on end
  ) as cancelled_on,
  coalesce(regexp_matches(lower(orders.status), '^(delivered|shipped|closed|complete|invoiced)'), false) as is_done,
  cast(orders.amount * fx.rate as decimal(18, 2)) as amount_base,
  cast(coalesce(line.n_lines, 0) as integer) as n_lines,
  cast(coalesce(line.n_unbilled_lines, 0) as integer) as n_unbilled_lines,
  cast(line.unbilled_amount * fx.rate as decimal(18, 2)) as unbilled_amount_base,
  step.* exclude (order_id)
from {{ ref('stg_order') }} as orders
cross join run
left join {{ ref('stg_account') }} as account on account.account_id = orders.account_id
left join step on step.order_id = orders.order_id
left join line on line.order_id = orders.order_id
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = coalesce(orders.currency_code, run.base_currency) and fx.from_on <= run.as_of and fx.to_on > run.as_of
