-- The credit envelope: who is credited with which part of each deal. Partner and marketing have the shares of the workspace's
-- rule (sourced or influenced), sales has the rest: the parts make the whole, to the cent.
with rule as (

  select * from {{ workspace('marketing') }}

),

marketed as (

  select
    deal_id,
    bool_or(is_before_deal) as is_sourced
  from {{ ref('int_journey') }}
  group by deal_id

),

share as (

  select
    deal.deal_id,
    deal.outcome,
    cast(coalesce(deal.amount_base, 0) as decimal(18, 2)) as amount,
    origin.origin as partner_part,
    case when marketed.deal_id is null then 'none' when marketed.is_sourced then 'sourced' else 'influenced' end as marketing_part,
    case origin.origin when 'sourced' then rule.partner_sourced when 'influenced' then rule.partner_influenced else 0 end
      as partner_share,
    case when marketed.deal_id is null then 0 when marketed.is_sourced then rule.marketing_sourced else rule.marketing_influenced end
      as marketing_share
  from {{ ref('deals') }} as deal
  cross join rule
  inner join {{ ref('int_deal_origin') }} as origin on origin.deal_id = deal.deal_id
  left join marketed on marketed.deal_id = deal.deal_id

),

part as (

  select
    *,
    cast(amount * partner_share as decimal(18, 2)) as partner_amount,
    cast(amount * marketing_share as decimal(18, 2)) as marketing_amount
  from share

)

select
  deal_id,
  outcome,
  partner_part,
  marketing_part,
  cast(partner_share as decimal(5, 4)) as partner_share,
  cast(marketing_share as decimal(5, 4)) as marketing_share,
  cast(1 - partner_share - marketing_share as decimal(5, 4)) as sales_share,
  amount,
  partner_amount,
  marketing_amount,
  cast(amount - partner_amount - marketing_amount as decimal(18, 2)) as sales_amount
from part
