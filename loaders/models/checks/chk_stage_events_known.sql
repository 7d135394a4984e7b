-- Every stage a deal is ever in is a stage of its pipeline at that time.
with event as (

  select deal_key, pipeline_key, stage_key, entered_at
  from {{ ref('int_stage_passage') }}

),

seen as (

  select distinct pipeline_key, stage_key from event

),

unknown as (

  select seen.pipeline_key, seen.stage_key, pipeline.value as pipeline_id, stage_value.value as stage_id
  from seen
  inner join {{ ref('int_value') }} as stage_value on stage_value.value_code = seen.stage_key
  left join {{ ref('int_value') }} as pipeline on pipeline.value_code = seen.pipeline_key
  left join {{ workspace('stage') }} as stage
    on stage.pipeline_id = pipeline.value and stage.stage_id = stage_value.value
  where stage.stage_id is null

)

select
  key.deal_id,
  unknown.pipeline_id,
  unknown.stage_id,
  cast(event.entered_at as varchar) as happened_at
from event
inner join unknown on unknown.pipeline_key = event.pipeline_key and unknown.stage_key = event.stage_key
-- Two fields changed in one moment pass through a pair that never was; only what stood for a time counts.
inner join {{ ref('int_deal_span') }} as span
  on span.deal_key = event.deal_key
  and span.pipeline_key = event.pipeline_key
  and span.stage_key = event.stage_key
inner join {{ ref('int_deal_key') }} as key on key.deal_key = event.deal_key
group by key.deal_id, unknown.pipeline_id, unknown.stage_id, event.entered_at
