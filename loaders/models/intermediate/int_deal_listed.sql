-- The deals whose lives are told, in the order in which Deals lists them: the largest open ones, then those closed last in the year
-- before the as-of day. As many as its page can list: of a large firm the lives of all would be the widest table, and nobody's.
select
  deal_key,
  deal_id,
  row_number() over (
    order by is_open desc, open_amount desc, closed_on desc, deal_id
  ) as place
from (
  select
    deal.deal_key,
    deal.deal_id,
    deal.closed_on,
    deal.outcome = 'open' as is_open,
    case when deal.outcome = 'open' then coalesce(deal.amount_base, 0) end as open_amount
  from {{ ref('int_deal') }} as deal
  cross join {{ workspace('run') }} as run
  where deal.outcome = 'open' or date_diff('day', deal.closed_on, run.as_of) <= 365
  order by is_open desc, open_amount desc, closed_on desc, deal.deal_id
  limit 5000
) as first_ones
