-- Won deals whose amount or currency was changed after the day they were won: the last day on which it was, and the amount since, at the rate
-- of the day they were won. int_deal_stretch has what they were won for.
with corrected as (

  select stretch.deal_key, stretch.from_on as won_from_on, coalesce(deal.amount_base, 0) as amount_base
  from {{ ref('int_deal_stretch') }} as stretch
  inner join {{ ref('int_deal') }} as deal on deal.deal_key = stretch.deal_key
  where
    deal.outcome = 'won'
    and stretch.status = 2
    and stretch.to_on = date '9999-12-31'
    and stretch.amount_base <> coalesce(deal.amount_base, 0)

),

span as (

  select
    span.deal_key,
    span.valid_from_on,
    span.amount,
    span.currency_key,
    lag(span.amount) over by_deal as amount_before,
    lag(span.currency_key) over by_deal as currency_before
  from {{ ref('int_deal_span') }} as span
  inner join corrected on corrected.deal_key = span.deal_key
  window by_deal as (partition by span.deal_key order by span.valid_from)

)

select
  corrected.deal_key,
  max(span.valid_from_on) as corrected_on,
  cast(max(corrected.amount_base) as decimal(18, 2)) as corrected_amount
from corrected
inner join span on span.deal_key = corrected.deal_key and span.valid_from_on > corrected.won_from_on
where coalesce(span.amount, 0) <> coalesce(span.amount_before, 0) or span.currency_key <> span.currency_before
group by corrected.deal_key
