select
  month.starts_on as month_on,
  month.month_label,
  month.quarter_label,
  sum(deal.n_won)::integer as n_won,
  sum(deal.n_lost)::integer as n_lost,
  sum(deal.won_amount)::decimal(18, 2) as won_amount,
  sum(deal.lost_amount)::decimal(18, 2) as lost_amount,
  sum(deal.n_won)::double / nullif(sum(deal.n_won) + sum(deal.n_lost), 0) as win_rate,
  -- Credits are negative: where they outweigh the won or the lost amounts there is no share.
  case when sum(deal.won_amount) >= 0 and sum(deal.lost_amount) >= 0
    then sum(deal.won_amount)::double / nullif(sum(deal.won_amount) + sum(deal.lost_amount), 0)::double
  end as win_rate_amount
from {{ ref('deals') }} as deal
inner join {{ workspace('fiscal_month') }} as month on deal.closed_on between month.starts_on and month.ends_on
where deal.outcome <> 'open'
group by month.starts_on, month.month_label, month.quarter_label
order by month.starts_on
