-- The days at whose ends a deal was open: one row per unbroken time, two where it was closed or deleted and reopened.
-- Spans are stored in the order of their deals and times, so that the one before is the row before. Times are numbered through all deals.
with followed as (

  select
    deal_key,
    outcome_key,
    is_deleted,
    valid_from_on,
    valid_to_on,
    case
      when lag(deal_key) over by_deal = deal_key
        and lag(outcome_key) over by_deal = outcome_key
        and not lag(is_deleted) over by_deal then 0
      else 1
    end as is_other
  from {{ ref('int_deal_span') }}
  where valid_to_on is null or valid_to_on > valid_from_on
  window by_deal as ({{ in_order('partition by deal_key order by valid_from') }})

),

numbered as (

  select
    *,
    sum(is_other) over (
      {{ in_order('partition by deal_key order by valid_from_on') }} rows between unbounded preceding and current row
    ) as nth
  from followed

)

select
  deal_key,
  min(valid_from_on) as from_on,
  max(coalesce(valid_to_on, date '9999-12-31')) as to_on
from numbered
where not is_deleted and outcome_key = (select open_key from {{ ref('int_fixed_key') }})
group by deal_key, nth
