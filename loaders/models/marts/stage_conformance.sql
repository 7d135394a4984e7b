-- materialized: view
select
  key.deal_id,
  answer.passage_number,
  case answer.moment when 1 then 'entry' when 2 then 'exit' when 3 then 'now' end as moment,
  criterion.rule_order,
  criterion.pipeline_id,
  criterion.stage_id,
  criterion.stage_name as stage,
  criterion.in_words as rule,
  criterion.field,
  answer.value,
  answer.asked_on,
  answer.is_met,
  answer.is_assumed,
  coalesce(owner.person_name, owner_value.value) as owner_then
from {{ ref('int_criterion_answer') }} as answer
inner join {{ ref('int_deal_key') }} as key on key.deal_key = answer.deal_key
inner join {{ ref('int_criterion') }} as criterion on criterion.criterion_key = answer.criterion_key
left join {{ ref('int_value') }} as owner_value on owner_value.value_code = answer.owner_key
left join {{ ref('stg_person') }} as owner on owner.person_id = owner_value.value
