-- Every deal is in a stage of its own pipeline.
-- to do: add the stage to the deal's pipeline in workspace.yaml; where a deal has no pipeline, give it one in the CRM, or say under the file's columns which it is: pipeline_id: {column: <its header>, if_empty: <id of the pipeline>}
select
  deal.deal_id,
  deal.pipeline_id,
  deal.stage_id,
  deal.source_file
from {{ ref('stg_deal') }} as deal
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = deal.pipeline_id and stage.stage_id = deal.stage_id
where stage.stage_id is null
