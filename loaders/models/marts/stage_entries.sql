-- materialized: view
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
  deal.deal_id,
  passage.passage_number,
  pipeline_value.value as pipeline_id,
  stage_value.value as stage_id,
  stage.stage_name as stage,
  stage.stage_order,
  stage.kind as stage_kind,
  passage.entered_on,
  passage.left_on,
  next_value.value as next_stage_id,
  next_stage.stage_name as next_stage,
  next_stage.kind as next_stage_kind,
  case
    when stage.kind <> 'open' then 'closed'
    when passage.next_stage_key is null then 'still there'
    when next_stage.kind = 'lost' then 'lost'
    when next_stage.kind = 'won' or next_stage.stage_order > stage.stage_order then 'forward'
    else 'backward'
  end as move,
  date_diff('day', passage.entered_on, coalesce(passage.left_on, run.as_of)) as stage_days,
  deal.amount_base,
  deal.outcome,
  coalesce(owner.person_name, owner_value.value) as owner_at_event,
  deal.owner as owner_now,
  passage.is_assumed
from passage
inner join {{ ref('int_deal') }} as deal on deal.deal_key = passage.deal_key
cross join run
left join {{ ref('int_value') }} as pipeline_value on pipeline_value.value_code = passage.pipeline_key
left join {{ ref('int_value') }} as stage_value on stage_value.value_code = passage.stage_key
left join {{ ref('int_value') }} as next_value on next_value.value_code = passage.next_stage_key
left join {{ ref('int_value') }} as owner_value on owner_value.value_code = passage.owner_key
left join {{ ref('stg_person') }} as owner on owner.person_id = owner_value.value
left join {{ ref('int_stage_key') }} as stage
  on stage.pipeline_key = passage.pipeline_key and stage.stage_key = passage.stage_key
left join {{ ref('int_stage_key') }} as next_stage
  on next_stage.pipeline_key = passage.next_pipeline_key and next_stage.stage_key = passage.next_stage_key
