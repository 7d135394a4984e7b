-- Won deals beside contracts, in money of a year: each won deal that says recurring money or has contracts, each contract that no won
-- deal brought. Both at the rates of the as-of day. What goes on from a
-- contract of the same deal, such as its agreed next years, is the same sale and counts once, as it began.
with run as (

  select * from {{ workspace('run') }}

),

rule as (

  select * from {{ workspace('subscription_rule') }}

),

-- A firm that has renewal deals is to name them; elsewhere contracts renew themselves, and the first one's deal is all there is.
renewal as (

  select count(*) > 0 as has_deals from {{ ref('int_deal') }} where lower(deal_type) like '%renew%'

),

first_deal as (

  select min(created_on) as first_on from {{ ref('int_deal') }}

),

first_contract as (

  select min(starts_on) as first_on from {{ ref('int_contract_life') }}

),

said as (

  select
    deal.deal_id,
    {{ converted('record.recurring_amount', 'fx.rate') }} as deal_arr
  from {{ ref('int_deal') }} as deal
  cross join run
  left join {{ ref('stg_deal') }} as record on record.deal_id = deal.deal_id
  left join {{ ref('int_fx_period') }} as fx
    on fx.currency_code = deal.currency_code and fx.from_on <= run.as_of and fx.to_on > run.as_of
  where deal.outcome = 'won'

),

sold as (

  select *
  from {{ ref('int_contract_life') }}
  where not is_same_sale

),

billed as (

  select
    deal_id,
    cast(sum(arr_base) as decimal(18, 2)) as contract_arr,
    cast(count(*) as integer) as n_contracts,
    min(starts_on) as starts_on
  from sold
  where deal_id is not null
  group by deal_id

),

entry as (

  select
    'D ' || said.deal_id as entry_id,
    said.deal_id,
    cast(null as varchar) as contract_key,
    said.deal_arr,
    billed.contract_arr,
    coalesce(billed.n_contracts, 0) as n_contracts,
    billed.starts_on,
    case
      when billed.deal_id is null and deal.closed_on >= run.as_of - rule.grace_days then 'won lately, no contract yet'
      when billed.deal_id is null and deal.closed_on < first_contract.first_on then 'before the contracts begin'
      when billed.deal_id is null then 'won without a contract'
      when coalesce(said.deal_arr, 0) = 0 then 'deal says no recurring money'
      when abs(said.deal_arr - billed.contract_arr) <= 0.01 * greatest(abs(said.deal_arr), billed.contract_arr) then 'agrees'
      else 'differs'
    end as class
  from said
  cross join run
  cross join rule
  cross join first_contract
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = said.deal_id
  left join billed on billed.deal_id = said.deal_id
  where coalesce(said.deal_arr, 0) <> 0 or billed.deal_id is not null
  union all
  select
    'C ' || sold.contract_key as entry_id,
    sold.deal_id,
    sold.contract_key,
    cast(null as decimal(18, 2)) as deal_arr,
    sold.arr_base as contract_arr,
    1 as n_contracts,
    sold.starts_on,
    case
      when sold.deal_id is null and sold.starts_on < first_deal.first_on then 'older than the deals'
      when sold.deal_id is null and sold.is_going_on then 'renewed without a deal'
      when sold.deal_id is null then 'contract without a deal'
      when deal.deal_id is null then 'contract of an unknown deal'
      else 'contract of a deal not won'
    end as class
  from sold
  cross join first_deal
  left join {{ ref('int_deal') }} as deal on deal.deal_id = sold.deal_id
  where sold.deal_id is null or deal.deal_id is null or deal.outcome <> 'won'

)

select
  entry.entry_id,
  entry.class,
  entry.class in ('agrees', 'older than the deals', 'before the contracts begin', 'won lately, no contract yet')
  or (entry.class = 'renewed without a deal' and not renewal.has_deals) as is_settled,
  entry.deal_id,
  deal.deal_name,
  coalesce(deal.account_name, contract.account_name) as account_name,
  deal.owner,
  coalesce(account.region, contract.region) as region,
  coalesce(account.segment, contract.segment) as segment,
  deal.outcome,
  deal.closed_on,
  entry.starts_on,
  contract.subscription_id,
  entry.n_contracts,
  cast(coalesce(entry.deal_arr, 0) as decimal(18, 2)) as deal_arr,
  cast(coalesce(entry.contract_arr, 0) as decimal(18, 2)) as contract_arr,
  cast(coalesce(entry.contract_arr, 0) - coalesce(entry.deal_arr, 0) as decimal(18, 2)) as difference,
  case entry.class
    when 'differs' then 'find out which is right; correct the deal''s recurring amount or the contract'
    when 'won without a contract' then 'bill it: enter the contract (export ended ones too), or take the recurring amount off the deal'
    when 'deal says no recurring money' then 'put the contract''s yearly amount on the deal'
    when 'contract without a deal' then 'name the deal on the contract, or enter the deal that was won'
    when 'renewed without a deal' then case when renewal.has_deals then 'name the renewal deal on the contract, or enter the one that was won' end
    when 'contract of an unknown deal' then 'correct the deal''s id on the contract, or export that deal'
    when 'contract of a deal not won' then 'close the deal as won, or stop the contract'
  end as mend
from entry
cross join renewal
left join {{ ref('int_deal') }} as deal on deal.deal_id = entry.deal_id
left join {{ ref('int_contract') }} as contract on contract.contract_key = entry.contract_key
left join {{ ref('stg_account') }} as account on account.account_id = deal.account_id
