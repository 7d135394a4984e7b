-- The outcome the export states is the kind of the stage the deal is in.
select
  deal.deal_id,
  deal.stage_id,
  deal.outcome,
  stage.kind as stage_kind
from {{ ref('stg_deal') }} as deal
inner join {{ workspace('stage') }} as stage
  on stage.pipeline_id = deal.pipeline_id and stage.stage_id = deal.stage_id
where deal.outcome <> stage.kind
