-- The stages that deals have been in, by the codes of pipeline and stage, with what workspace.yaml says of them and the outcome
-- that being in one means: one row per pipeline and stage.
select
  pipeline.value_code as pipeline_key,
  stage.value_code as stage_key,
  outcome.value_code as outcome_key,
  declared.pipeline_id,
  declared.stage_id,
  declared.stage_name,
  declared.stage_order,
  declared.kind
from {{ workspace('stage') }} as declared
inner join {{ ref('int_value') }} as pipeline on pipeline.value = declared.pipeline_id
inner join {{ ref('int_value') }} as stage on stage.value = declared.stage_id
inner join {{ ref('int_value') }} as outcome on outcome.value = declared.kind
