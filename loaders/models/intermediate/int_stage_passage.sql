-- One row per deal and unbroken stay in a stage. Repeats of the same stage are one stay. The work is done on keys; their
-- text comes last.
with changed as (

  select
    event.*,
    lag(event.stage_key) over by_deal as previous_stage_key,
    lag(event.pipeline_key) over by_deal as previous_pipeline_key
  from {{ ref('int_stage_event') }} as event
  window by_deal as (partition by event.deal_key order by event.happened_at, event.sequence)

),

entry as (

  select
    deal_key,
    happened_at,
    stage_key,
    pipeline_key,
    owner_key,
    previous_stage_key,
    is_assumed,
    row_number() over by_deal as passage_number,
    lead(stage_key) over by_deal as next_stage_key,
    lead(pipeline_key) over by_deal as next_pipeline_key,
    lead(happened_at) over by_deal as left_at
  from changed
  where
    previous_stage_key is null
    or previous_stage_key <> stage_key
    or coalesce(previous_pipeline_key, 0) <> coalesce(pipeline_key, 0)
  window by_deal as (partition by deal_key order by happened_at, sequence)

)

select
  entry.deal_key,
  key.deal_id,
  entry.passage_number,
  stage.value as stage_id,
  pipeline.value as pipeline_id,
  owner.value as owner_id,
  previous_stage.value as previous_stage_id,
  next_stage.value as next_stage_id,
  next_pipeline.value as next_pipeline_id,
  entry.happened_at as entered_at,
  entry.left_at,
  entry.is_assumed
from entry
inner join {{ ref('int_deal_key') }} as key on key.deal_key = entry.deal_key
inner join {{ ref('int_value') }} as stage on stage.value_code = entry.stage_key
left join {{ ref('int_value') }} as pipeline on pipeline.value_code = entry.pipeline_key
left join {{ ref('int_value') }} as owner on owner.value_code = entry.owner_key
left join {{ ref('int_value') }} as previous_stage on previous_stage.value_code = entry.previous_stage_key
left join {{ ref('int_value') }} as next_stage on next_stage.value_code = entry.next_stage_key
left join {{ ref('int_value') }} as next_pipeline on next_pipeline.value_code = entry.next_pipeline_key
