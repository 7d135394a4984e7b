-- One row per deal and unbroken stay in a stage. Repeats of the same stage are one stay.
with changed as (

  select
    event.*,
    lag(event.stage_id) over by_deal as previous_stage_id,
    lag(event.pipeline_id) over by_deal as previous_pipeline_id
  from {{ ref('int_stage_event') }} as event
  window by_deal as (partition by event.deal_id order by event.sequence)

),

entries as (

  select
    deal_id,
    happened_at as entered_at,
    stage_id,
    pipeline_id,
    owner_id,
    previous_stage_id,
    is_assumed,
    row_number() over (partition by deal_id order by sequence) as passage_number
  from changed
  where
    previous_stage_id is null
    or previous_stage_id <> stage_id
    or coalesce(previous_pipeline_id, '') <> coalesce(pipeline_id, '')

)

select
  deal_id,
  passage_number,
  stage_id,
  pipeline_id,
  owner_id,
  previous_stage_id,
  lead(stage_id) over by_deal as next_stage_id,
  lead(pipeline_id) over by_deal as next_pipeline_id,
  entered_at,
  lead(entered_at) over by_deal as left_at,
  is_assumed
from entries
window by_deal as (partition by deal_id order by passage_number)
