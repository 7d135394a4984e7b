-- Every currency has a rate on each day it is needed: every day a deal is open in it, the day one closes, a quota's and a
-- campaign's first day, each day that advertising cost, on the as-of day that of every contract that counts or ever counted, and of orders the days
-- they were ordered, shipped, cancelled and invoiced, and the ends of the months in which they are open.
-- to do: state rates in workspace.yaml, exchange_rates: [{currency: EUR, rate: ...}] (what one unit is worth in the base currency; with since: YYYY-MM-DD from that day on), or put a table of exchange rates with the columns currency, on, rate (what one unit is worth in the base currency from that day on) beside the exports and list it under files: {path: exchange_rates.csv, source: orders, object: exchange_rates}
with run as (

  select * from {{ workspace('run') }}

),

first_rate as (

  select currency_code, min(from_on) as first_on from {{ ref('int_fx_period') }} group by currency_code

),

-- By keys: words are looked up of the few currencies that are found.
open_since as (

  select span.currency_key, min(span.valid_from_on) as needed_on
  from {{ ref('int_deal_span') }} as span
  cross join {{ ref('int_fixed_key') }} as fixed
  where span.outcome_key = fixed.open_key and not span.is_deleted and (span.valid_to_on is null or span.valid_to_on > span.valid_from_on)
  group by span.currency_key

),

open_span as (

  select currency.value as currency_code, open_since.needed_on
  from open_since
  left join {{ ref('int_value') }} as currency on currency.value_code = open_since.currency_key

),

missing as (

  select open_span.currency_code, open_span.needed_on
  from open_span
  left join first_rate on first_rate.currency_code = open_span.currency_code
  where first_rate.first_on is null or first_rate.first_on > open_span.needed_on
  union
  select currency_code, needed_on from {{ ref('int_currency_day') }} where rate is null
  union
  select currency_code, needed_on from {{ ref('int_order_day') }} where rate is null

),

-- What needs a rate that is missing on that day, record by record. Only contracts that count on no day (drafts, told twice, ended before they
-- begin) need none: one that has ended stands in past ARR, churn, retention and cohorts.
needed as (

  select missing.currency_code, missing.needed_on, 'deal ' || min(deal.deal_id) as record
  from missing
  inner join {{ ref('int_deal_as_of') }} as deal on deal.currency_code = missing.currency_code and deal.rate_needed_on = missing.needed_on
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'deal ' || min(key.deal_id)
  from missing
  inner join {{ ref('int_value') }} as currency on currency.value = missing.currency_code
  inner join {{ ref('int_deal_span') }} as span on span.currency_key = currency.value_code and span.valid_from_on = missing.needed_on
  inner join {{ ref('int_deal_key') }} as key on key.deal_key = span.deal_key
  cross join {{ ref('int_fixed_key') }} as fixed
  where span.outcome_key = fixed.open_key and not span.is_deleted
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'quota of ' || cast(min(quota.starts_on) as varchar)
  from missing
  cross join run
  inner join {{ ref('stg_quota') }} as quota
    on quota.currency_code = missing.currency_code and least(quota.starts_on, run.as_of) = missing.needed_on
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'campaign ' || min(campaign.campaign_id)
  from missing
  cross join run
  inner join {{ ref('stg_campaign') }} as campaign
    on campaign.currency_code = missing.currency_code and least(coalesce(campaign.starts_on, run.as_of), run.as_of) = missing.needed_on
  where coalesce(campaign.cost, campaign.budget) is not null
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'cost of ' || cast(missing.needed_on as varchar)
  from missing
  inner join {{ ref('stg_campaign_cost') }} as cost on cost.currency_code = missing.currency_code and cost.spent_on = missing.needed_on
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'contract ' || min(coalesce(contract.subscription_id, contract.contract_key))
  from missing
  cross join run
  inner join {{ ref('int_contract') }} as contract on contract.currency_code = missing.currency_code
  where missing.needed_on = run.as_of and contract.standing = 'no rate'
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'order ' || min(ordered.order_id)
  from missing
  inner join {{ ref('int_order') }} as ordered on ordered.currency_code = missing.currency_code and ordered.ordered_on <= missing.needed_on
  group by all
  union all
  select missing.currency_code, missing.needed_on, 'invoice ' || min(invoice.invoice_id)
  from missing
  inner join {{ ref('stg_invoice') }} as invoice on invoice.currency_code = missing.currency_code and invoice.invoiced_on = missing.needed_on
  group by all

)

select
  needed.currency_code || ' to ' || run.base_currency as pair,
  arg_min(needed.record, needed.needed_on) as record,
  cast(min(needed.needed_on) as varchar) as day,
  case when first_rate.first_on is null then 'there is no rate at all' else 'the first rate is of ' || cast(first_rate.first_on as varchar) end
    as problem
from needed
cross join run
left join first_rate on first_rate.currency_code = needed.currency_code
group by needed.currency_code, split_part(needed.record, ' ', 1), run.base_currency, first_rate.first_on
