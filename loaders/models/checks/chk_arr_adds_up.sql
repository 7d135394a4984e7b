-- ARR adds up to the cent: what contracts run at the end of each quarter and on the as-of day is what their movements come to, in all and for
-- each region, segment, industry, product family and channel; each month's classes are its changes; customers' ARR is the firm's.
with run as (

  select * from {{ workspace('run') }}

),

day as (

  select distinct fiscal_month.quarter_ends_on as on_day
  from {{ workspace('fiscal_month') }} as fiscal_month
  cross join run
  where fiscal_month.quarter_ends_on < run.as_of
  union
  select as_of as on_day from run

),

stood as (

  select
    day.on_day,
    grouping_id(life.region, life.segment, life.industry, life.product_family, life.channel) as slice,
    coalesce(life.region, life.segment, life.industry, life.product_family, life.channel, '') as value,
    sum(life.arr_base) as arr
  from {{ ref('int_contract_life') }} as life
  inner join day on life.starts_on <= day.on_day and (life.runs_to is null or life.runs_to >= day.on_day)
  group by grouping sets (
    (day.on_day),
    (day.on_day, life.region),
    (day.on_day, life.segment),
    (day.on_day, life.industry),
    (day.on_day, life.product_family),
    (day.on_day, life.channel)
  )

),

monthly as (

  select
    moved.month_on,
    account.region,
    account.segment,
    account.industry,
    product.family as product_family,
    moved.channel,
    sum(moved.change) as change
  from {{ ref('int_arr_change') }} as moved
  left join {{ ref('stg_account') }} as account on account.account_id = moved.account_id
  left join {{ ref('stg_product') }} as product on product.product_id = moved.product_key
  group by all

),

moved as (

  select
    day.on_day,
    grouping_id(monthly.region, monthly.segment, monthly.industry, monthly.product_family, monthly.channel) as slice,
    coalesce(monthly.region, monthly.segment, monthly.industry, monthly.product_family, monthly.channel, '') as value,
    sum(monthly.change) as arr
  from monthly
  inner join day on monthly.month_on <= day.on_day
  group by grouping sets (
    (day.on_day),
    (day.on_day, monthly.region),
    (day.on_day, monthly.segment),
    (day.on_day, monthly.industry),
    (day.on_day, monthly.product_family),
    (day.on_day, monthly.channel)
  )

),

classes as (

  select
    month_on,
    sum(new_arr + reactivation_arr + expansion_arr + step_arr - contraction_arr - churn_arr) as change
  from {{ ref('arr_movement') }}
  group by month_on

),

changes as (

  select
    month_on,
    sum(change) as change
  from {{ ref('int_arr_change') }}
  group by month_on

)

select
  'what runs is not what moved' as problem,
  cast(coalesce(stood.on_day, moved.on_day) as varchar) as day,
  coalesce(stood.value, moved.value) as value,
  cast(coalesce(stood.arr, 0) as varchar) as one,
  cast(coalesce(moved.arr, 0) as varchar) as other
from stood
full join moved on moved.on_day = stood.on_day and moved.slice = stood.slice and moved.value = stood.value
where coalesce(stood.arr, 0) <> coalesce(moved.arr, 0)
union all
select
  'classes are not the changes of the month',
  cast(coalesce(classes.month_on, changes.month_on) as varchar),
  '',
  cast(coalesce(classes.change, 0) as varchar),
  cast(coalesce(changes.change, 0) as varchar)
from classes
full join changes on changes.month_on = classes.month_on
where coalesce(classes.change, 0) <> coalesce(changes.change, 0)
union all
select
  'a customer begins a month with other than it ended the one before',
  cast(month_on as varchar),
  account_id,
  cast(begin_arr as varchar),
  cast(before_arr as varchar)
from (
  select
    account_id,
    month_on,
    begin_arr,
    coalesce(lag(end_arr) over (partition by account_id order by month_on), 0) as before_arr
  from {{ ref('arr_movement') }}
)
where begin_arr <> before_arr
union all
select
  'customers do not come to the firm''s ARR',
  cast(run.as_of as varchar),
  '',
  cast((select coalesce(sum(arr), 0) from {{ ref('arr_accounts') }}) as varchar),
  cast((select coalesce(sum(change), 0) from {{ ref('int_arr_change') }}) as varchar)
from run
where (select coalesce(sum(arr), 0) from {{ ref('arr_accounts') }}) <> (select coalesce(sum(change), 0) from {{ ref('int_arr_change') }})
