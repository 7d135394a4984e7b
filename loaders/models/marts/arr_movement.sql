-- Each customer's ARR month by month, where it moved, in one class: new, reactivation and churn are told by the whole customer; of one
-- that stays, what its contracts had agreed before (steps) comes first, and the rest, products against each other, is expansion or contraction.
with account_month as (

  select
    account_id,
    month_on,
    any_value(state) as state,
    any_value(account_begin_arr) as begin_arr,
    any_value(account_end_arr) as end_arr,
    sum(change) as change,
    sum(step_arr) as step_arr
  from {{ ref('int_arr_change') }}
  group by account_id, month_on

),

-- The second way of counting: product by product, so that one given up for another is a contraction and an expansion.
product_month as (

  select
    account_id,
    month_on,
    sum(greatest(change - step_arr, 0)) as up,
    sum(greatest(step_arr - change, 0)) as down
  from (
    select account_id, month_on, product_key, sum(change) as change, sum(step_arr) as step_arr
    from {{ ref('int_arr_change') }}
    group by account_id, month_on, product_key
  )
  group by account_id, month_on

)

select
  moved.account_id,
  coalesce(account.account_name, moved.account_id) as account_name,
  account.region,
  account.segment,
  account.industry,
  moved.month_on,
  moved.state,
  moved.begin_arr,
  cast(case when moved.state = 'new' then moved.change else 0 end as decimal(18, 2)) as new_arr,
  cast(case when moved.state = 'reactivated' then moved.change else 0 end as decimal(18, 2)) as reactivation_arr,
  cast(case when moved.state = 'stays' then greatest(moved.change - moved.step_arr, 0) else 0 end as decimal(18, 2)) as expansion_arr,
  cast(case when moved.state = 'stays' then moved.step_arr else 0 end as decimal(18, 2)) as step_arr,
  cast(case when moved.state = 'stays' then greatest(moved.step_arr - moved.change, 0) else 0 end as decimal(18, 2)) as contraction_arr,
  cast(case when moved.state = 'churned' then -moved.change else 0 end as decimal(18, 2)) as churn_arr,
  moved.end_arr,
  cast(case when moved.state = 'stays' then by_product.up else 0 end as decimal(18, 2)) as expansion_by_product,
  cast(case when moved.state = 'stays' then by_product.down else 0 end as decimal(18, 2)) as contraction_by_product
from account_month as moved
inner join product_month as by_product on by_product.account_id = moved.account_id and by_product.month_on = moved.month_on
left join {{ ref('stg_account') }} as account on account.account_id = moved.account_id
where moved.state <> 'none'
