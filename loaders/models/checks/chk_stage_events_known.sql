-- Every stage a deal is ever in is a stage of its pipeline at that time.
select
  event.deal_id,
  event.pipeline_id,
  event.stage_id,
  cast(event.happened_at as varchar) as happened_at
from {{ ref('int_stage_event') }} as event
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = event.pipeline_id and stage.stage_id = event.stage_id
inner join {{ ref('int_deal_interval') }} as span
  on span.pipeline_id = event.pipeline_id and span.stage_id = event.stage_id
inner join {{ ref('int_deal_key') }} as key on key.deal_key = span.deal_key and key.deal_id = event.deal_id
where stage.stage_id is null
group by event.deal_id, event.pipeline_id, event.stage_id, event.happened_at
