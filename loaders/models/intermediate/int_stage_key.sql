-- The outcome that being in a stage means, in codes: one row per pipeline and stage that a deal has been in.
select
  pipeline.value_code as pipeline_key,
  stage.value_code as stage_key,
  outcome.value_code as outcome_key
from {{ workspace('stage') }} as declared
inner join {{ ref('int_value') }} as pipeline on pipeline.value = declared.pipeline_id
inner join {{ ref('int_value') }} as stage on stage.value = declared.stage_id
inner join {{ ref('int_value') }} as outcome on outcome.value = declared.kind
