-- Who sourced each deal among campaigns: the campaign the deal names, else the first touch up to its creation; and which
-- campaigns only influenced it. Each pair of deal and campaign once, each deal sourced by one campaign at most.
with touched as (

  select
    deal_id,
    campaign_id,
    min(touched_at) as first_touched_at,
    bool_or(is_before_deal) as is_before_deal,
    min(nth) as nth
  from {{ ref('int_journey') }}
  where campaign_id is not null
  group by deal_id, campaign_id

),

sourced as (

  select
    touched.deal_id,
    touched.campaign_id
  from touched
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = touched.deal_id
  where touched.is_before_deal
  qualify row_number() over (
    partition by touched.deal_id
    order by touched.campaign_id is not distinct from deal.campaign_id desc, touched.nth, touched.campaign_id
  ) = 1

),

first_win as (

  select
    account_id,
    deal_id
  from {{ ref('int_deal') }}
  where outcome = 'won' and account_id is not null
  qualify row_number() over (partition by account_id order by closed_on, deal_id) = 1

)

select
  touched.campaign_id,
  touched.deal_id,
  case when sourced.deal_id is not null then 'sourced' else 'influenced' end as part,
  deal.outcome,
  deal.created_on,
  deal.closed_on,
  coalesce(deal.amount_base, 0)::decimal(18, 2) as amount,
  case when deal.outcome = 'won' then (record.recurring_amount * deal.fx_rate / 12)::decimal(18, 2) end as won_monthly_recurring,
  first_win.deal_id is not null as is_new_customer
from touched
inner join {{ ref('int_deal') }} as deal on deal.deal_id = touched.deal_id
left join {{ ref('stg_deal') }} as record on record.deal_id = touched.deal_id
left join sourced on sourced.deal_id = touched.deal_id and sourced.campaign_id = touched.campaign_id
left join first_win on first_win.deal_id = touched.deal_id
