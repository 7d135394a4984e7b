-- The monthly shares of the quotas in base currency sum to the quotas.
with exported as (

  select sum(amount) as amount
  from {{ ref('stg_quota') }} as quota
  cross join {{ workspace('run') }} as run
  where coalesce(quota.currency_code, run.base_currency) = run.base_currency

),

cut as (

  select sum(quotas.quota_amount) as amount
  from {{ ref('quotas') }} as quotas
  where not exists (
    select 1 from {{ ref('stg_quota') }} as quota cross join {{ workspace('run') }} as run
    where coalesce(quota.currency_code, run.base_currency) <> run.base_currency
  )

)

select exported.amount::varchar as exported, cut.amount::varchar as cut
from exported
cross join cut
where cut.amount is not null and exported.amount <> cut.amount
