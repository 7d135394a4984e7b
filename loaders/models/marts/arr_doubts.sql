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
    when 'over, no end told' then 'over by its status, but no last day'
    when 'signing day not known' then 'begins after the as-of day, no signing day'
  end as doubt,
  contract_key,
  record,
  account_name,
  case when standing = 'told twice' or standing = 'negative ARR' then arr else arr_base end as amount,
  case standing
    when 'told twice' then 'counted once'
    when 'not signed' then 'not counted before it is signed'
    when 'over, no end told' then 'not counted: nobody knows until when'
    when 'signing day not known' then 'not counted: exports later than the as-of day do not say whether it was signed by then'
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
select 'contract without a product', life.contract_key, life.record, life.account_name, life.arr_base, 'contracts of a customer without a product renew each other'
from life
where
  life.product_id is null
  and exists (
    select 1
    from life as other
    where other.account_id = life.account_id and other.product_id is null and other.contract_key <> life.contract_key
  )
union all
select 'goes on under the same contract id, no signing day', contract_key, record, account_name, arr_base, 'taken as renewed: no step agreed before'
from life
where is_renewal_assumed and not is_replaced
union all
select 'goes on under the same deal or signing day', contract_key, record, account_name, arr_base, 'taken as agreed at signing: neither renewed, expanded nor contracted'
from life
where is_step_assumed
union all
select 'replaced while it ran, by the same contract id', contract_key, record, account_name, arr_base, 'counted until the day before the later record begins'
from life
where is_replaced
union all
select 'renewed before its end', contract_key, record, account_name, arr_base, 'counted until the day before the renewal begins'
from life
where gap_days < 0 and not is_replaced
union all
select 'renewed after its end', contract_key, record, account_name, arr_base, 'counted through the gap: within the grace days'
from life
where gap_days > 0
union all
select
  case
    when beside.is_without_end then 'newer contract beside one without an end'
    else 'another contract of the same product at the same time'
  end as doubt,
  later.contract_key,
  later.record,
  later.account_name,
  later.arr_base,
  case
    when beside.is_without_end then 'both counted: where the newer replaces the older, the older needs its last day'
    else 'both counted: the second adds to the first'
  end as treatment
from life as later
inner join (
  select
    later.contract_key,
    bool_or(earlier.ends_on is null and earlier.starts_on < later.starts_on) as is_without_end
  from life as later
  inner join life as earlier
    on earlier.account_id = later.account_id
    and earlier.product_key = later.product_key
    and earlier.contract_key <> later.contract_key
    and (earlier.starts_on < later.starts_on or (earlier.starts_on = later.starts_on and earlier.contract_key < later.contract_key))
    and (earlier.runs_to is null or earlier.runs_to >= later.starts_on)
  group by later.contract_key
) as beside on beside.contract_key = later.contract_key
