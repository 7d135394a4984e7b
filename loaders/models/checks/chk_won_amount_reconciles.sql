-- Won money in the mart equals won money in the exports, for every currency, to the cent. Of a past day the exports do not
-- know what was won; there the daily checks stand.
with exported as (

  select
    coalesce(deal.currency_code, run.base_currency) as currency_code,
    sum(deal.amount) as won_amount
  from {{ ref('stg_deal') }} as deal
  cross join {{ workspace('run') }} as run
  left join {{ workspace('stage') }} as stage
    on stage.pipeline_id = deal.pipeline_id and stage.stage_id = deal.stage_id
  where
    coalesce(deal.outcome, stage.kind) = 'won'
    and not exists (
      select 1
      from {{ ref('int_deal_span') }} as span
      inner join {{ ref('int_deal_key') }} as key on key.deal_key = span.deal_key
      where key.deal_id = deal.deal_id and span.valid_to is null and span.is_deleted
    )
  group by 1

),

shown as (

  select currency_code, sum(amount_deal_currency) as won_amount from {{ ref('deals') }} where outcome = 'won' group by 1

)

select
  coalesce(exported.currency_code, shown.currency_code) as currency_code,
  exported.won_amount::varchar as exported,
  shown.won_amount::varchar as shown
from exported
full join shown on shown.currency_code = exported.currency_code
cross join {{ workspace('run') }} as run
where
  run.as_of >= run.newest_on
  and coalesce(exported.won_amount, 0) <> coalesce(shown.won_amount, 0)
