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
  criterion.rule_order,
  criterion.pipeline_id,
  criterion.stage_id,
  criterion.stage_name as stage,
  criterion.in_words as rule,
  criterion.field,
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
  coalesce(owner.person_name, owner_value.value) as owner_then
from asked
inner join {{ ref('int_deal_key') }} as key on key.deal_key = asked.deal_key
inner join {{ ref('int_criterion') }} as criterion on criterion.criterion_key = asked.criterion_key
left join {{ ref('int_value') }} as owner_value on owner_value.value_code = asked.owner_key
left join {{ ref('stg_person') }} as owner on owner.person_id = owner_value.value
