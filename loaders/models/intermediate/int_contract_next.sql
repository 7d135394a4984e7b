-- Which contract goes on where another ends: of the same customer and product, beginning within the grace days of its end, before or
-- after. Of several each takes the nearest, and two are joined where each is the other's nearest; a record of the same contract id or
-- deal, such as a contract's second year at a price agreed before, comes first. A year's step of that kind is no renewal.
with rule as (

  select * from {{ workspace('subscription_rule') }}

),

contract as (

  select
    contract_key,
    subscription_id,
    deal_id,
    account_id,
    product_key,
    starts_on,
    ends_on,
    arr_base,
    -- Contracts that end, or begin, on one day go on in the order of their money.
    row_number() over (partition by account_id, product_key, ends_on order by arr_base desc, contract_key) as nth_ending,
    row_number() over (partition by account_id, product_key, starts_on order by arr_base desc, contract_key) as nth_starting
  from {{ ref('int_contract') }}
  where standing = 'counts'

),

pair as (

  select
    earlier.contract_key,
    later.contract_key as next_key,
    later.starts_on as next_starts_on,
    later.arr_base as next_arr,
    date_diff('day', earlier.ends_on, later.starts_on) - 1 as gap_days,
    earlier.subscription_id is not distinct from later.subscription_id and earlier.subscription_id is not null
      or earlier.deal_id is not distinct from later.deal_id and earlier.deal_id is not null as is_step,
    abs(earlier.nth_ending - later.nth_starting) as n_apart
  from contract as earlier
  cross join rule
  inner join contract as later
    on later.account_id = earlier.account_id
    and later.product_key = earlier.product_key
    and later.starts_on > earlier.starts_on
  where abs(date_diff('day', earlier.ends_on, later.starts_on) - 1) <= rule.grace_days

),

ranked as (

  select
    *,
    row_number() over (
      partition by contract_key order by is_step desc, abs(gap_days), gap_days desc, n_apart, next_key
    ) as nth_next,
    row_number() over (
      partition by next_key order by is_step desc, abs(gap_days), gap_days desc, n_apart, contract_key
    ) as nth_earlier
  from pair

)

select
  contract_key,
  next_key,
  next_starts_on,
  next_arr,
  gap_days,
  is_step
from ranked
where nth_next = 1 and nth_earlier = 1
