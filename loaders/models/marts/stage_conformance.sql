with asked as (

  select
    *,
    nullif(trim(value), '') as filled,
    {{ local_day('asked_at') }} as asked_on
  from {{ ref('int_criterion_value') }}

)

select
  asked.deal_id,
  asked.passage_number,
  asked.moment,
  asked.rule_order,
  asked.pipeline_id,
  asked.stage_id,
  stage.stage_name as stage,
  asked.in_words as rule,
  asked.field,
  asked.value,
  asked.asked_on,
  case asked.test
    when 'is' then (asked.filled is not null) = (criterion.value = '"present"')
    when 'equals' then coalesce(position(chr(31) || asked.filled || chr(31) in asked.choices) > 0, false)
      or coalesce(position(chr(31) || cast(try_cast(asked.filled as double) as varchar) || chr(31) in asked.choices) > 0, false)
    when 'one_of' then coalesce(position(chr(31) || asked.filled || chr(31) in asked.choices) > 0, false)
      or coalesce(position(chr(31) || cast(try_cast(asked.filled as double) as varchar) || chr(31) in asked.choices) > 0, false)
    when 'at_least' then coalesce(try_cast(asked.filled as double) >= asked.bound, false)
    when 'at_most' then coalesce(try_cast(asked.filled as double) <= asked.bound, false)
    when 'within_days' then
      coalesce(date_diff('day', try_cast(left(asked.filled, 10) as date), asked.asked_on) between 0 and asked.bound, false)
  end as is_met,
  asked.is_assumed,
  coalesce(owner.person_name, asked.owner_id) as owner_then
from asked
inner join {{ workspace('criterion') }} as criterion
  on criterion.pipeline_id = asked.pipeline_id
  and criterion.stage_id = asked.stage_id
  and criterion.rule_order = asked.rule_order
  and criterion.side = case when asked.moment = 'exit' then 'exit' else 'entry' end
left join {{ workspace('stage') }} as stage on stage.pipeline_id = asked.pipeline_id and stage.stage_id = asked.stage_id
left join {{ ref('stg_person') }} as owner on owner.person_id = asked.owner_id
