-- materialized: view
select
  contract.contract_key,
  contract.subscription_id,
  contract.account_id,
  contract.account_name,
  contract.region,
  contract.segment,
  contract.industry,
  contract.product,
  contract.product_family,
  coalesce(contract.channel, '') as channel,
  contract.deal_id,
  contract.starts_on,
  contract.ends_on,
  contract.runs_to,
  contract.arr as arr_contract_currency,
  contract.currency_code,
  contract.arr_base as arr,
  case
    when contract.starts_on > run.as_of then 'ahead'
    when contract.runs_to is null or contract.runs_to >= run.as_of then 'running'
    else 'over'
  end as standing,
  ending.end_state,
  cast(case when contract.starts_on <= run.as_of and (contract.runs_to is null or contract.runs_to >= run.as_of) then contract.arr_base else 0 end as decimal(18, 2))
    as running_arr,
  contract.earlier_key,
  contract.next_key,
  contract.gap_days,
  contract.next_arr,
  cast(case when ending.end_state = 'renewed' then least(contract.next_arr, contract.arr_base) end as decimal(18, 2)) as renewed_arr,
  case when ending.end_state = 'renewed' then date_diff('day', next_deal.created_on, contract.ends_on) end as lead_days,
  ending.renewal_deal_id,
  deal.deal_name as renewal_deal,
  deal.owner as renewal_owner,
  deal.close_on as renewal_close_on
from {{ ref('int_contract_life') }} as contract
cross join {{ workspace('run') }} as run
inner join {{ ref('int_contract_end') }} as ending on ending.contract_key = contract.contract_key
left join {{ ref('int_contract_life') }} as follower on follower.contract_key = contract.next_key
left join {{ ref('int_deal') }} as next_deal on next_deal.deal_id = follower.deal_id
left join {{ ref('int_deal') }} as deal on deal.deal_id = ending.renewal_deal_id
