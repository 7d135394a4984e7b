-- Every rule of workspace.yaml that was asked of a deal, with its answer, narrow: what stage_conformance shows in words.
with asked as (

  select
    *,
    nullif(trim(value), '') as filled,
    {{ local_day('asked_at') }} as asked_on
  from {{ ref('int_criterion_value') }}

)

select
  asked.deal_key,
  asked.passage_number,
  asked.moment,
  asked.criterion_key,
  asked.owner_key,
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
  asked.is_assumed
from asked
inner join {{ ref('int_criterion') }} as criterion on criterion.criterion_key = asked.criterion_key
