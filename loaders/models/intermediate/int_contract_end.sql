-- How each contract ended or will: renewed, gone on as agreed, replaced by another record of its id before it could end, due with an open renewal deal, a lost one or none, or over.
with run as (

  select * from {{ workspace('run') }}

),

rule as (

  select * from {{ workspace('subscription_rule') }}

),

renewal_deal as (

  select
    deal_id,
    account_id,
    outcome,
    coalesce(closed_on, close_on) as close_on
  from {{ ref('int_deal') }}
  where outcome in ('open', 'lost') and account_id is not null and lower(deal_type) like '%renew%'

),

-- The customer's renewal deal that closes nearest to the end, within half a year of it: an open one, else a lost one.
fitting as (

  select
    contract_key,
    deal_id,
    outcome
  from (
    select
      contract.contract_key,
      renewal_deal.deal_id,
      renewal_deal.outcome,
      row_number() over (
        partition by contract.contract_key
        order by
          renewal_deal.outcome desc,
          abs(date_diff('day', contract.ends_on, renewal_deal.close_on)) nulls last,
          renewal_deal.deal_id
      ) as nth
    from {{ ref('int_contract_life') }} as contract
    cross join run
    inner join renewal_deal
      on renewal_deal.account_id = contract.account_id
      and coalesce(abs(date_diff('day', contract.ends_on, renewal_deal.close_on)), 0) <= 183
    where contract.ends_on >= run.as_of
  )
  where nth = 1

),

-- Customers who had another contract when one of theirs was over, or took one within the grace days.
staying as (

  select distinct ended.contract_key
  from {{ ref('int_contract_life') }} as ended
  cross join rule
  inner join {{ ref('int_contract_life') }} as other
    on other.account_id = ended.account_id
    and other.contract_key <> ended.contract_key
    and other.arr_base > 0
    and other.starts_on <= ended.ends_on + 1 + rule.grace_days
    and (other.runs_to is null or other.runs_to > ended.ends_on)
  where ended.next_key is null and ended.ends_on is not null

)

select
  contract.contract_key,
  fitting.deal_id as renewal_deal_id,
  case
    when contract.is_next_step then 'goes on as agreed'
    when contract.is_replaced then 'replaced'
    when contract.next_key is not null then 'renewed'
    when contract.ends_on is null then 'no end'
    when contract.ends_on >= run.as_of and fitting.outcome = 'lost' then 'due, renewal deal lost'
    when contract.ends_on >= run.as_of and fitting.deal_id is not null then 'due, renewal deal open'
    when contract.ends_on >= run.as_of then 'due, no renewal deal'
    when contract.ends_on >= run.as_of - rule.grace_days then 'over, within grace'
    when staying.contract_key is not null then 'over, customer stays'
    else 'over, customer left'
  end as end_state
from {{ ref('int_contract_life') }} as contract
cross join run
cross join rule
left join fitting on fitting.contract_key = contract.contract_key
left join staying on staying.contract_key = contract.contract_key
