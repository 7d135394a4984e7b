-- Every record of a contract with whether it counts, and what a year of it is worth at one rate for all days: that of the as-of
-- day. ARR then moves by what customers do alone, and no line of its movement is the exchange's. A record that is over by its status and
-- has no last day ended the day before the next record of its contract id begins; where there is none nobody knows until when it ran.
with run as (

  select * from {{ workspace('run') }}

),

told as (

  select
    stg.*,
    coalesce(stg.currency_code, run.base_currency) as counted_currency,
    coalesce(stg.status in ('draft', 'quote', 'quoted', 'proposed', 'proposal', 'pending signature'), false) as is_draft,
    coalesce(stg.status in ('cancelled', 'canceled', 'terminated', 'expired', 'ended', 'inactive', 'churned', 'closed'), false) as is_over,
    -- The same record twice over, by its own id: an export that was appended to itself.
    case when stg.subscription_id is null then 1 else row_number() over (
      partition by stg.subscription_id, stg.account_id, stg.product_id, stg.starts_on, stg.ends_on, stg.arr, stg.currency_code
      order by stg.contract_key
    ) end as nth_told
  from {{ ref('stg_subscription') }} as stg
  cross join run

),

ended as (

  select
    earlier.contract_key,
    min(later.starts_on) - 1 as ended_on
  from told as earlier
  cross join run
  inner join told as later
    on later.subscription_id = earlier.subscription_id
    and later.account_id = earlier.account_id
    and coalesce(later.product_id, '') = coalesce(earlier.product_id, '')
    and later.starts_on > earlier.starts_on
  where
    earlier.is_over
    and earlier.ends_on is null
    and later.starts_on <= run.as_of
    and not later.is_draft
    and later.nth_told = 1
    and later.arr >= 0
    and coalesce(later.ends_on >= later.starts_on, true)
  group by earlier.contract_key

),

priced as (

  select
    told.* replace (coalesce(told.ends_on, ended.ended_on) as ends_on),
    ended.contract_key is not null as is_end_by_next,
    {{ converted('told.arr', 'fx.rate') }} as arr_base
  from told
  cross join run
  left join ended on ended.contract_key = told.contract_key
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
  priced.is_end_by_next,
  priced.arr,
  priced.counted_currency as currency_code,
  priced.currency_code is not null as is_currency_stated,
  priced.arr_base,
  priced.status,
  priced.deal_id,
  case
    when priced.is_draft then 'not signed'
    when priced.nth_told > 1 then 'told twice'
    when priced.ends_on < priced.starts_on then 'ends before it starts'
    when priced.arr < 0 then 'negative ARR'
    when priced.signed_on > run.as_of then 'signed after the as-of day'
    when priced.ends_on is null and priced.is_over then 'over, no end told'
    -- Of a past day exports that go on beyond it do not say what was signed by then, unless the contract's deal does.
    when
      priced.signed_on is null and priced.starts_on > run.as_of and run.as_of < run.newest_on
      and coalesce(deal.outcome <> 'won' or deal.closed_on > run.as_of, true)
      then 'signing day not known'
    -- The last, so that it names what would count: the check of rates lets no build pass with one.
    when priced.arr_base is null then 'no rate'
    else 'counts'
  end as standing
from priced
cross join run
left join {{ ref('stg_account') }} as account on account.account_id = priced.account_id
left join {{ ref('stg_product') }} as product on product.product_id = priced.product_id
left join {{ ref('int_deal') }} as deal on deal.deal_id = priced.deal_id
