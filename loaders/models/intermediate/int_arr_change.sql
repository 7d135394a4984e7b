-- What a customer's ARR gained or lost on a day, by product and by who brought it; what was agreed to change when a contract was
-- signed is in step_arr too. `state` is the whole customer's in the day's month.
with run as (

  select * from {{ workspace('run') }}

),

moment as (

  select
    account_id,
    product_key,
    channel,
    starts_on as moved_on,
    arr_base as change,
    step_arr
  from {{ ref('int_contract_life') }}
  where arr_base > 0
  union all
  select
    account_id,
    product_key,
    channel,
    runs_to + 1 as moved_on,
    -arr_base as change,
    0 as step_arr
  from {{ ref('int_contract_life') }}
  where arr_base > 0 and runs_to is not null

),

daily as (

  select
    moment.account_id,
    moment.product_key,
    moment.channel,
    moment.moved_on,
    cast(date_trunc('month', moment.moved_on) as date) as month_on,
    cast(sum(moment.change) as decimal(18, 2)) as change,
    cast(sum(moment.step_arr) as decimal(18, 2)) as step_arr
  from moment
  cross join run
  where moment.moved_on <= run.as_of
  group by moment.account_id, moment.product_key, moment.channel, moment.moved_on

),

account_month as (

  select
    account_id,
    month_on,
    sum(change) as change,
    sum(sum(change)) over (partition by account_id order by month_on) as end_arr
  from daily
  group by account_id, month_on

),

-- A customer is new in the first month that it ends with ARR: what began and ended within a month was never there at a month's end.
first_month as (

  select
    account_id,
    min(month_on) as month_on
  from account_month
  where end_arr > 0
  group by account_id

),

told as (

  select
    account_month.account_id,
    account_month.month_on,
    cast(end_arr - change as decimal(18, 2)) as account_begin_arr,
    cast(end_arr as decimal(18, 2)) as account_end_arr,
    case
      when end_arr - change = 0 and end_arr = 0 then 'none'
      when end_arr - change = 0 and account_month.month_on = first_month.month_on then 'new'
      when end_arr - change = 0 then 'reactivated'
      when end_arr = 0 then 'churned'
      else 'stays'
    end as state
  from account_month
  left join first_month on first_month.account_id = account_month.account_id

)

select
  daily.*,
  told.account_begin_arr,
  told.account_end_arr,
  told.state
from daily
inner join told on told.account_id = daily.account_id and told.month_on = daily.month_on
where daily.change <> 0 or daily.step_arr <> 0
