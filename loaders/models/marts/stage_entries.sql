with run as (

  select * from {{ workspace('run') }}

)

select
  passage.deal_id,
  passage.passage_number,
  deal.pipeline_id,
  passage.stage_id,
  stage.stage_name as stage,
  stage.stage_order,
  stage.kind as stage_kind,
  cast(passage.entered_at as date) as entered_on,
  cast(passage.left_at as date) as left_on,
  passage.next_stage_id,
  next_stage.stage_name as next_stage,
  next_stage.kind as next_stage_kind,
  case
    when stage.kind <> 'open' then 'closed'
    when passage.next_stage_id is null then 'still there'
    when next_stage.kind = 'lost' then 'lost'
    when next_stage.kind = 'won' or next_stage.stage_order > stage.stage_order then 'forward'
    else 'backward'
  end as move,
  date_diff('day', cast(passage.entered_at as date), coalesce(cast(passage.left_at as date), run.as_of)) as stage_days,
  deal.amount_base,
  deal.outcome,
  passage.is_assumed
from {{ ref('int_stage_passage') }} as passage
inner join {{ ref('int_deal') }} as deal on deal.deal_id = passage.deal_id
cross join run
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = deal.pipeline_id and stage.stage_id = passage.stage_id
left join {{ workspace('stage') }} as next_stage
  on next_stage.pipeline_id = deal.pipeline_id and next_stage.stage_id = passage.next_stage_id
