select
  pipeline,
  stage_order,
  stage,
  age_band,
  count(*)::integer as n_deals,
  sum(open_amount)::decimal(18, 2) as open_amount,
  sum(weighted_amount)::decimal(18, 2) as weighted_amount,
  sum(case when is_amount_assumed then open_amount else 0 end)::decimal(18, 2) as assumed_amount,
  sum(case when amount_base is null then 1 else 0 end)::integer as n_without_amount,
  sum(case when is_overdue then open_amount else 0 end)::decimal(18, 2) as overdue_amount
from {{ ref('deals') }}
where outcome = 'open'
group by pipeline, stage_order, stage, age_band
order by pipeline, stage_order, age_band
