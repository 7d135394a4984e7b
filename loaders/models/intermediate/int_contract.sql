-- Every record of a contract with whether it counts, and what a year of it is worth at one rate for all days: that of the as-of
-- day. ARR then moves by what customers do alone, and no line of its movement is the exchange's.
with run as (

  select * from {{ workspace('run') }}

),

told as (

  select
    stg.*,
    coalesce(stg.currency_code, run.base_currency) as counted_currency,
    -- The same record twice over, by its own id: an export that was appended to itself.
    case when stg.subscription_id is null then 1 else row_number() over (
      partition by stg.subscription_id, stg.account_id, stg.product_id, stg.starts_on, stg.ends_on, stg.arr, stg.currency_code
      order by stg.contract_key
    ) end as nth_told
  from {{ ref('stg_subscription') }} as stg
  cross join run

),

priced as (

  select
    told.*,
    {{ converted('told.arr', 'fx.rate') }} as arr_base
  from told
  cross join run
  left join {{ ref('int_fx_period') }} as fx
    on fx.currency_code = told.counted_currency and fx.from_on <= run.as_of and fx.to_on > run.as_of

)

select
  priced.contract_key,
  priced.subscription_id,
  priced.account_id,
  coalesce(account.account_name, priced.account_id) as account_name,
  account.account_id is not null as is_account_known,
  account.region,
  account.segment,
  account.industry,
  coalesce(priced.product_id, '') as product_key,
  priced.product_id,
  coalesce(product.product_name, priced.product_id) as product,
  product.family as product_family,
  product.product_id is not null as is_product_known,
  priced.signed_on,
  priced.starts_on,
  priced.ends_on,
  priced.arr,
  priced.counted_currency as currency_code,
  priced.currency_code is not null as is_currency_stated,
  priced.arr_base,
  priced.status,
  priced.deal_id,
  case
    when priced.status in ('draft', 'quote', 'quoted', 'proposed', 'proposal', 'pending signature') then 'not signed'
    when priced.nth_told > 1 then 'told twice'
    when priced.ends_on < priced.starts_on then 'ends before it starts'
    when priced.arr < 0 then 'negative ARR'
    when priced.arr_base is null then 'no rate'
    when priced.signed_on > run.as_of then 'signed after the as-of day'
    when priced.ends_on is null and priced.status in ('cancelled', 'canceled', 'terminated', 'expired', 'ended', 'inactive', 'churned', 'closed') then 'over, no end told'
    -- Of a past day exports that go on beyond it do not say what was signed by then, unless the contract's deal does.
    when
      priced.signed_on is null and priced.starts_on > run.as_of and run.as_of < run.newest_on
      and coalesce(deal.outcome <> 'won' or deal.closed_on > run.as_of, true)
      then 'signing day not known'
    else 'counts'
  end as standing
from priced
cross join run
left join {{ ref('stg_account') }} as account on account.account_id = priced.account_id
left join {{ ref('stg_product') }} as product on product.product_id = priced.product_id
left join {{ ref('int_deal') }} as deal on deal.deal_id = priced.deal_id
