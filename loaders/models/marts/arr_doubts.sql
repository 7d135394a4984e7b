-- Contracts that need a look: what is wrong, which, what they are worth and what was done with them. None is dropped in silence.
with contract as (

  select
    *,
    coalesce(subscription_id, contract_key) as record
  from {{ ref('int_contract') }}

),

life as (

  select
    *,
    coalesce(subscription_id, contract_key) as record
  from {{ ref('int_contract_life') }}

)

select
  case standing
    when 'not signed' then 'contract not signed yet'
    when 'told twice' then 'the same contract twice'
    when 'ends before it starts' then 'contract ends before it starts'
    when 'negative ARR' then 'contract with negative ARR'
    when 'no rate' then 'no exchange rate for its currency'
    when 'signed after the as-of day' then 'contract signed after the as-of day'
  end as doubt,
  contract_key,
  record,
  account_name,
  case when standing = 'told twice' or standing = 'negative ARR' then arr else arr_base end as amount,
  case standing
    when 'told twice' then 'counted once'
    when 'not signed' then 'not counted before it is signed'
    else 'not counted'
  end as treatment
from contract
where standing <> 'counts'
union all
select 'contract without money', contract_key, record, account_name, arr_base, 'counted as a contract, worth nothing'
from contract
where standing = 'counts' and arr = 0
union all
select 'contract of an unknown account', contract_key, record, account_name, arr_base, 'counted under its own id, without region'
from contract
where standing = 'counts' and not is_account_known and exists (select 1 from {{ ref('stg_account') }})
union all
select 'contract of an unknown product', contract_key, record, account_name, arr_base, 'counted, without family'
from contract
where standing = 'counts' and product_id is not null and not is_product_known and exists (select 1 from {{ ref('stg_product') }})
union all
select 'money without a currency', contract_key, record, account_name, arr_base, 'taken in base currency'
from contract
where standing = 'counts' and not is_currency_stated and exists (select 1 from {{ ref('stg_subscription') }} where currency_code is not null)
union all
select 'cancelled, but its end lies ahead', life.contract_key, life.record, life.account_name, life.arr_base, 'counted until its end'
from life
cross join {{ workspace('run') }} as run
where life.status in ('cancelled', 'canceled', 'terminated') and (life.runs_to is null or life.runs_to >= run.as_of)
union all
select 'renewed before its end', contract_key, record, account_name, arr_base, 'counted until the day before the renewal begins'
from life
where gap_days < 0
union all
select 'renewed after its end', contract_key, record, account_name, arr_base, 'counted through the gap: within the grace days'
from life
where gap_days > 0
union all
select 'another contract of the same product at the same time', later.contract_key, later.record, later.account_name, later.arr_base, 'both counted: the second adds to the first'
from life as later
where exists (
  select 1
  from life as earlier
  where
    earlier.account_id = later.account_id
    and earlier.product_key = later.product_key
    and earlier.contract_key <> later.contract_key
    and (earlier.starts_on < later.starts_on or (earlier.starts_on = later.starts_on and earlier.contract_key < later.contract_key))
    and (earlier.runs_to is null or earlier.runs_to >= later.starts_on)
)
