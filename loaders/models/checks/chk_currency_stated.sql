-- severity: warn
-- Where a table says currencies, each of its amounts has one; an amount without is taken to be in the base currency.
with stated as (

  select
    'deal' as record_kind,
    stg.deal_id as record,
    stg.amount,
    stg.currency_code
  from {{ ref('stg_deal') }} as stg
  inner join {{ ref('deals') }} as deal on deal.deal_id = stg.deal_id
  union all
  select 'registration', registration_id, estimated_amount, currency_code from {{ ref('stg_registration') }}
  union all
  select 'partner event', event_key, amount, currency_code from {{ ref('stg_partner_event') }}
  union all
  select 'quota', coalesce(person_id, team) || ' from ' || starts_on, amount, currency_code from {{ ref('stg_quota') }}
  union all
  select 'campaign', campaign_id, cost, currency_code from {{ ref('stg_campaign') }}
  union all
  select 'order', order_id, amount, currency_code from {{ ref('stg_order') }}
  union all
  select 'campaign cost', source_file || ':' || source_record, cost, currency_code from {{ ref('stg_campaign_cost') }}
  union all
  select 'contract', coalesce(subscription_id, contract_key), arr, currency_code from {{ ref('stg_subscription') }}

)

select
  record_kind,
  count(*)::integer as n_records,
  sum(amount)::varchar as amount,
  min(record) as example
from stated
where
  amount is not null and currency_code is null
  and record_kind in (select record_kind from stated where currency_code is not null)
group by record_kind
