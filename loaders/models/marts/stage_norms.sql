-- A segment speaks for itself from twenty stays on, else all segments together do from ten on.
with stay as (

  select
    entry.pipeline_id,
    entry.stage_id,
    coalesce(deal.segment, '(none)') as segment,
    entry.stage_days
  from {{ ref('stage_entries') }} as entry
  inner join {{ ref('deals') }} as deal on deal.deal_id = entry.deal_id
  where deal.outcome = 'won' and entry.stage_kind = 'open' and entry.left_on is not null

),

grouped as (

  select pipeline_id, stage_id, segment, stage_days, 20 as least from stay
  union all
  select pipeline_id, stage_id, '(all)' as segment, stage_days, 10 as least from stay

)

select
  pipeline_id,
  stage_id,
  segment,
  cast(count(*) as integer) as n_stays,
  cast(quantile_cont(stage_days, 0.5) as double) as median_days,
  cast(quantile_cont(stage_days, 0.75) as double) as p75_days,
  cast(quantile_cont(stage_days, 0.9) as double) as p90_days
from grouped
group by pipeline_id, stage_id, segment
having count(*) >= max(least)
