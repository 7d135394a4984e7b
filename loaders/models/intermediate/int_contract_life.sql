-- Contracts that count, with the days they run: until the next one of their life begins (a gap within the grace days is bridged, a
-- renewal before the end takes over on its first day), else until their end. `channel` is that of the deal that began the life.
with recursive counted as (

  select
    contract_key,
    subscription_id,
    account_id,
    account_name,
    region,
    segment,
    industry,
    product_key,
    product_id,
    product,
    product_family,
    starts_on,
    ends_on,
    arr,
    currency_code,
    arr_base,
    status,
    deal_id
  from {{ ref('int_contract') }}
  where standing = 'counts'

),

life as (

  select
    counted.contract_key,
    counted.deal_id as first_deal_id
  from counted
  where counted.contract_key not in (select next_key from {{ ref('int_contract_next') }})
  union all
  select
    follower.next_key as contract_key,
    life.first_deal_id
  from life
  inner join {{ ref('int_contract_next') }} as follower on follower.contract_key = life.contract_key

)

select
  counted.*,
  follower.next_key,
  follower.next_arr,
  follower.gap_days,
  coalesce(follower.is_step, false) as is_next_step,
  coalesce(follower.is_replaced, false) as is_replaced,
  coalesce(follower.is_renewal_assumed, false) as is_renewal_assumed,
  coalesce(follower.is_step_assumed, false) as is_step_assumed,
  earlier.contract_key as earlier_key,
  coalesce(not earlier.is_replaced, false) as is_going_on,
  -- What goes on from a contract of the same deal was sold once.
  coalesce(earlier.is_step or earlier.is_same_deal, false) as is_same_sale,
  case when earlier.is_step then counted.arr_base - earlier.own_arr else 0 end as step_arr,
  case when follower.next_key is not null then follower.next_starts_on - 1 else counted.ends_on end as runs_to,
  deal.channel
from counted
inner join life on life.contract_key = counted.contract_key
left join {{ ref('int_contract_next') }} as follower on follower.contract_key = counted.contract_key
left join {{ ref('int_contract_next') }} as earlier on earlier.next_key = counted.contract_key
left join {{ ref('int_deal') }} as deal on deal.deal_id = life.first_deal_id
