with run as (

  select * from {{ workspace('run') }}

),

won as (

  select
    deal.won_amount,
    deal.closed_on - (
      (case run.week_starts_on
        when 'sunday' then dayofweek(deal.closed_on)
        when 'saturday' then (dayofweek(deal.closed_on) + 1) % 7
        else isodow(deal.closed_on) - 1
      end)::integer
    ) as week_on
  from {{ ref('deals') }} as deal
  cross join run
  where deal.outcome = 'won'

)

select
  week_on,
  count(*)::integer as n_won,
  sum(won_amount)::decimal(18, 2) as won_amount
from won
group by week_on
order by week_on
