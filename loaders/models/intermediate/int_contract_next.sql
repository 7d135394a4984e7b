-- Which contract goes on where another ends: of the same customer and product, beginning within the grace days of its end, before or
-- after, and ending later than it; what ends with it or before was added to it and stands beside it. Of several each takes the nearest, and two are joined where each is the other's nearest; a record of the same contract id or
-- deal comes first. Billing systems keep a contract's id through its renewals, so that an id alone makes no step: the price of a later
-- year was agreed before where both records were signed together, or, no signing day being told, where both name one deal. A record of
-- the same id that begins while the earlier one runs and outlasts it replaces it, however far its end is.
with rule as (

  select * from {{ workspace('subscription_rule') }}

),

contract as (

  select
    contract_key,
    subscription_id,
    deal_id,
    account_id,
    product_key,
    signed_on,
    starts_on,
    ends_on,
    is_end_by_next,
    arr_base,
    -- Contracts that end, or begin, on one day go on in the order of their money.
    row_number() over (partition by account_id, product_key, ends_on order by arr_base desc, contract_key) as nth_ending,
    row_number() over (partition by account_id, product_key, starts_on order by arr_base desc, contract_key) as nth_starting
  from {{ ref('int_contract') }}
  where standing = 'counts'

),

follower as (

  select
    earlier.contract_key,
    earlier.starts_on,
    earlier.ends_on,
    earlier.is_end_by_next,
    later.contract_key as next_key,
    later.starts_on as next_starts_on,
    earlier.arr_base as own_arr,
    later.arr_base as next_arr,
    date_diff('day', earlier.ends_on, later.starts_on) - 1 as gap_days,
    coalesce(earlier.subscription_id = later.subscription_id, false) as is_same_id,
    coalesce(earlier.deal_id = later.deal_id, false) as is_same_deal,
    coalesce(earlier.deal_id <> later.deal_id, false) as is_other_deal,
    later.signed_on is null as is_signing_unknown,
    coalesce(later.signed_on <= earlier.starts_on, false) or coalesce(later.signed_on <= earlier.signed_on, false) as is_signed_with,
    later.signed_on is null or coalesce(later.signed_on = earlier.signed_on, false) and later.arr_base < earlier.arr_base as is_agreement_unsure,
    abs(earlier.nth_ending - later.nth_starting) as n_apart
  from contract as earlier
  inner join contract as later
    on later.account_id = earlier.account_id
    and later.product_key = earlier.product_key
    and later.starts_on > earlier.starts_on
    and coalesce(later.ends_on > earlier.ends_on, true)

),

pair as (

  select
    follower.*,
    is_same_id or is_same_deal as is_linked,
    (is_same_id or is_same_deal) and not is_other_deal and (is_signed_with or is_signing_unknown and is_same_deal) as is_step,
    is_end_by_next or coalesce(abs(gap_days) > rule.grace_days, true) as is_replaced,
    -- What replaces is near by its beginning; what renews by the end, or an added record of the id would take the long one's renewal.
    case
      when is_same_id and coalesce(abs(gap_days) > rule.grace_days, true) then date_diff('day', starts_on, next_starts_on)
      else abs(gap_days)
    end as days_apart
  from follower
  cross join rule
  where abs(gap_days) <= rule.grace_days or is_same_id and (ends_on is null or next_starts_on <= ends_on)

),

ranked as (

  select
    *,
    row_number() over (
      partition by contract_key order by is_linked desc, days_apart, gap_days desc, n_apart, next_key
    ) as nth_next,
    row_number() over (
      partition by next_key order by is_linked desc, days_apart, gap_days desc, n_apart, contract_key
    ) as nth_earlier
  from pair

)

select
  contract_key,
  next_key,
  next_starts_on,
  next_arr,
  own_arr,
  gap_days,
  is_step,
  is_same_deal,
  is_replaced and not is_step as is_replaced,
  is_same_id and is_signing_unknown and not is_step and not is_other_deal as is_renewal_assumed,
  is_step and is_agreement_unsure as is_step_assumed
from ranked
where nth_next = 1 and nth_earlier = 1
