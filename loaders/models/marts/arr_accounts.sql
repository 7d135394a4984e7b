with run as (

  select * from {{ workspace('run') }}

),

stood as (

  select
    contract.account_id,
    any_value(contract.account_name) as account_name,
    any_value(contract.region) as region,
    any_value(contract.segment) as segment,
    any_value(contract.industry) as industry,
    min(contract.starts_on) as first_on,
    max(case when contract.runs_to < run.as_of then contract.runs_to end) as last_on,
    bool_or(contract.starts_on > run.as_of) as is_ahead,
    sum(case when contract.starts_on <= run.as_of and coalesce(contract.runs_to, run.as_of) >= run.as_of then contract.arr_base else 0 end) as arr,
    sum(
      case
        when
          contract.starts_on <= run.as_of - interval 1 year
          and coalesce(contract.runs_to, run.as_of) >= run.as_of - interval 1 year
          then contract.arr_base
        else 0
      end
    ) as arr_year_ago,
    sum(case when contract.starts_on <= run.as_of and coalesce(contract.runs_to, run.as_of) >= run.as_of then 1 else 0 end) as n_contracts,
    min(case when contract.starts_on <= run.as_of and contract.ends_on >= run.as_of and contract.next_key is null then contract.ends_on end)
      as next_end_on
  from {{ ref('int_contract_life') }} as contract
  cross join run
  group by contract.account_id

)

select
  stood.account_id,
  stood.account_name,
  stood.region,
  stood.segment,
  stood.industry,
  stood.first_on,
  case when stood.n_contracts = 0 then stood.last_on end as left_on,
  cast(stood.n_contracts as integer) as n_contracts,
  cast(stood.arr as decimal(18, 2)) as arr,
  cast(stood.arr_year_ago as decimal(18, 2)) as arr_year_ago,
  stood.next_end_on,
  case
    when stood.arr > 0 then 'customer'
    when stood.first_on > run.as_of then 'ahead'
    when stood.n_contracts > 0 then 'free'
    when stood.is_ahead then 'returns'
    else 'left'
  end as standing
from stood
cross join run
