-- The entry and exit rules of workspace.yaml for stages that deals have been in, numbered, with the stage's codes.
select
  cast(row_number() over (order by criterion.pipeline_id, criterion.stage_id, criterion.side, criterion.rule_order) as integer)
    as criterion_key,
  stage.pipeline_key,
  stage.stage_key,
  stage.stage_name,
  criterion.pipeline_id,
  criterion.stage_id,
  criterion.side,
  criterion.rule_order,
  criterion.field,
  criterion.test,
  criterion.value,
  criterion.choices,
  criterion.bound,
  criterion.in_words
from {{ workspace('criterion') }} as criterion
inner join {{ ref('int_stage_key') }} as stage
  on stage.pipeline_id = criterion.pipeline_id and stage.stage_id = criterion.stage_id
