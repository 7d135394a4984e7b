with asked as (

  select
    *,
    nullif(trim(value), '') as filled,
    {{ local_day('asked_at') }} as asked_on
  from {{ ref('int_criterion_value') }}

)

select
  key.deal_id,
  asked.passage_number,
  asked.moment,
  asked.rule_order,
  asked.pipeline_id,
  asked.stage_id,
  stage.stage_name as stage,
  criterion.in_words as rule,
  asked.field,
  asked.value,
  asked.asked_on,
  case criterion.test
    when 'is' then (asked.filled is not null) = (criterion.value = '"present"')
    when 'equals' then coalesce(position(chr(31) || asked.filled || chr(31) in criterion.choices) > 0, false)
      or coalesce(position(chr(31) || cast(try_cast(asked.filled as double) as varchar) || chr(31) in criterion.choices) > 0, false)
    when 'one_of' then coalesce(position(chr(31) || asked.filled || chr(31) in criterion.choices) > 0, false)
      or coalesce(position(chr(31) || cast(try_cast(asked.filled as double) as varchar) || chr(31) in criterion.choices) > 0, false)
    when 'at_least' then coalesce(try_cast(asked.filled as double) >= criterion.bound, false)
    when 'at_most' then coalesce(try_cast(asked.filled as double) <= criterion.bound, false)
    when 'within_days' then
      coalesce(date_diff('day', try_cast(left(asked.filled, 10) as date), asked.asked_on) between 0 and criterion.bound, false)
  end as is_met,
  asked.is_assumed,
  coalesce(owner.person_name, asked.owner_id) as owner_then
from asked
inner join {{ ref('int_deal_key') }} as key on key.deal_key = asked.deal_key
inner join {{ workspace('criterion') }} as criterion
  on criterion.pipeline_id = asked.pipeline_id
  and criterion.stage_id = asked.stage_id
  and criterion.rule_order = asked.rule_order
  and criterion.side = asked.side
left join {{ workspace('stage') }} as stage on stage.pipeline_id = asked.pipeline_id and stage.stage_id = asked.stage_id
left join {{ ref('stg_person') }} as owner on owner.person_id = asked.owner_id
