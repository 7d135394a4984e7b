-- What campaigns cost day by day, in base currency at the rate of the day it was spent.
select
  cost.campaign_id,
  cost.spent_on,
  {{ converted('cost.cost', 'fx.rate') }} as cost,
  cost.source_file,
  cost.source_record
from {{ ref('stg_campaign_cost') }} as cost
cross join {{ workspace('run') }} as run
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = coalesce(cost.currency_code, run.base_currency)
  and fx.from_on <= cost.spent_on
  and fx.to_on > cost.spent_on
