-- Every slice of the closed deals sums to all of them.
select
  by_slice.slice,
  sum(by_slice.won_amount)::varchar as slice_total,
  any_value(totals.won)::varchar as deals
from {{ ref('win_rate_by_segment') }} as by_slice
cross join (select sum(won_amount) as won, sum(n_won) as n_won, sum(n_lost) as n_lost from {{ ref('deals') }}) as totals
group by by_slice.slice
having
  sum(by_slice.won_amount) <> any_value(totals.won)
  or sum(by_slice.n_won) <> any_value(totals.n_won)
  or sum(by_slice.n_lost) <> any_value(totals.n_lost)
