select
  deal.deal_id,
  {{ converted('record.recurring_amount', 'fx.rate') }} as recurring_arr
from {{ ref('int_deal') }} as deal
cross join {{ workspace('run') }} as run
inner join {{ ref('stg_deal') }} as record on record.deal_id = deal.deal_id
left join {{ ref('int_fx_period') }} as fx
  on fx.currency_code = deal.currency_code and fx.from_on <= run.as_of and fx.to_on > run.as_of
where deal.outcome = 'open' and record.recurring_amount <> 0
