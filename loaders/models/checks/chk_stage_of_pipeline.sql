-- Every deal is in a stage of its own pipeline.
select
  deal.deal_id,
  deal.pipeline_id,
  deal.stage_id,
  deal.source_file
from {{ ref('stg_deal') }} as deal
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = deal.pipeline_id and stage.stage_id = deal.stage_id
where stage.stage_id is null
