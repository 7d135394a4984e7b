-- Every stage the change log names is a stage of the deal's pipeline.
select
  event.deal_id,
  event.new_value as stage,
  event.source_file,
  event.source_record
from {{ ref('stg_deal_event') }} as event
inner join {{ ref('stg_deal') }} as deal on deal.deal_id = event.deal_id
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = deal.pipeline_id and stage.stage_id = event.new_value
where event.field = 'stage_id' and event.new_value is not null and stage.stage_id is null
