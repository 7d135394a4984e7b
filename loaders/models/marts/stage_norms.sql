-- A segment speaks for itself from twenty stays on, else all segments together do from ten on.
with stay as (

  select
    stage.pipeline_id,
    stage.stage_id,
    coalesce(deal.segment, '(none)') as segment,
    date_diff('day', {{ local_day('passage.entered_at') }}, {{ local_day('passage.left_at') }}) as stage_days
  from {{ ref('int_stage_passage') }} as passage
  inner join {{ ref('int_stage_key') }} as stage
    on stage.pipeline_key = passage.pipeline_key and stage.stage_key = passage.stage_key and stage.kind = 'open'
  inner join {{ ref('int_deal') }} as deal on deal.deal_key = passage.deal_key and deal.outcome = 'won'
  where passage.left_at is not null

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
