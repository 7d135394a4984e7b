-- One row per deal and unbroken stay in a stage. Repeats of the same stage are one stay. Keys are codes of int_value; the mart
-- stage_entries shows them as text.
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
  deal_key,
  passage_number,
  stage_key,
  pipeline_key,
  owner_key,
  next_stage_key,
  next_pipeline_key,
  happened_at as entered_at,
  left_at,
  is_assumed
from entry
