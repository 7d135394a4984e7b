-- Flags by days say of the as-of day what the flags of that day say, of every rule whose fields have a history.
with by_days as (

  select spell.deal_id, spell.flag, spell.severity
  from {{ ref('deal_flag_spells') }} as spell
  inner join {{ ref('deals') }} as deal on deal.deal_id = spell.deal_id
  cross join {{ workspace('run') }} as run
  where spell.from_on <= run.as_of and spell.to_on > run.as_of

),

of_the_day as (

  select flagged.deal_id, flagged.flag, flagged.severity
  from {{ ref('deal_flags') }} as flagged
  inner join {{ ref('flag_rules') }} as rule on rule.flag = flagged.flag
  where rule.is_dated

)

select
  coalesce(by_days.deal_id, of_the_day.deal_id) as deal_id,
  coalesce(by_days.flag, of_the_day.flag) as flag,
  by_days.severity as by_days,
  of_the_day.severity as of_the_day
from by_days
full outer join of_the_day
  on of_the_day.deal_id = by_days.deal_id and of_the_day.flag = by_days.flag and of_the_day.severity = by_days.severity
where by_days.deal_id is null or of_the_day.deal_id is null
