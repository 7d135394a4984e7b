-- materialized: view
select
  key.deal_id,
  step.kind,
  step.step_number,
  step.happened_on,
  case
    when step.kind = 'stage' then coalesce(stage.stage_name, word.value)
    when step.kind = 'owner' then coalesce(person.person_name, word.value)
    else coalesce(step.word, word.value)
  end as word,
  step.amount,
  step.due_on,
  step.is_assumed
from {{ ref('int_deal_step') }} as step
inner join {{ ref('int_deal_key') }} as key on key.deal_key = step.deal_key
left join {{ ref('int_value') }} as word on word.value_code = step.word_key
left join {{ ref('int_stage_key') }} as stage
  on stage.pipeline_key = step.pipeline_key and stage.stage_key = case when step.kind = 'stage' then step.word_key end
left join {{ ref('stg_person') }} as person
  on person.person_id = case when step.kind = 'owner' then word.value end
