with run as (

  select * from {{ workspace('run') }}

),

passage as (

  select
    *,
    {{ local_day('entered_at') }} as entered_on,
    {{ local_day('left_at') }} as left_on
  from {{ ref('int_stage_passage') }}

)

select
  passage.deal_id,
  passage.passage_number,
  passage.pipeline_id,
  passage.stage_id,
  stage.stage_name as stage,
  stage.stage_order,
  stage.kind as stage_kind,
  passage.entered_on,
  passage.left_on,
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
  date_diff('day', passage.entered_on, coalesce(passage.left_on, run.as_of)) as stage_days,
  deal.amount_base,
  deal.outcome,
  coalesce(owner.person_name, passage.owner_id) as owner_at_event,
  deal.owner as owner_now,
  passage.is_assumed
from passage
inner join {{ ref('int_deal') }} as deal on deal.deal_id = passage.deal_id
cross join run
left join {{ ref('stg_person') }} as owner on owner.person_id = passage.owner_id
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = passage.pipeline_id and stage.stage_id = passage.stage_id
left join {{ workspace('stage') }} as next_stage
  on next_stage.pipeline_id = passage.next_pipeline_id and next_stage.stage_id = passage.next_stage_id
