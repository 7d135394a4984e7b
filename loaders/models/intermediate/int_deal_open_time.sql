-- The days at whose ends a deal was open: one row per unbroken time, two where it was closed or deleted and reopened.
with opened as (

  select
    span.deal_key,
    span.valid_from_on as from_on,
    coalesce(span.valid_to_on, date '9999-12-31') as to_on,
    case
      when span.valid_from_on = lag(span.valid_to_on) over (partition by span.deal_key order by span.valid_from_on) then 0
      else 1
    end as is_reopened
  from {{ ref('int_deal_span') }} as span
  cross join {{ ref('int_fixed_key') }} as fixed
  where
    span.outcome_key = fixed.open_key
    and not span.is_deleted
    and (span.valid_to_on is null or span.valid_to_on > span.valid_from_on)

),

numbered as (

  select
    *,
    sum(is_reopened) over (partition by deal_key order by from_on rows unbounded preceding) as nth
  from opened

)

select
  deal_key,
  min(from_on) as from_on,
  max(to_on) as to_on
from numbered
group by deal_key, nth
