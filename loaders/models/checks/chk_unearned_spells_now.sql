-- Rules not met by days say of the as-of day what stage conformance says of it.
with by_days as (

  select spell.deal_id, spell.rule_order
  from {{ ref('unearned_spells') }} as spell
  inner join {{ ref('deals') }} as deal on deal.deal_id = spell.deal_id
  cross join {{ workspace('run') }} as run
  where spell.from_on <= run.as_of and spell.to_on > run.as_of

),

of_the_day as (

  select deal_id, rule_order
  from {{ ref('stage_conformance') }}
  where moment = 'now' and not is_met

)

select
  coalesce(by_days.deal_id, of_the_day.deal_id) as deal_id,
  coalesce(by_days.rule_order, of_the_day.rule_order) as rule_order,
  by_days.deal_id is not null as is_by_days,
  of_the_day.deal_id is not null as is_of_the_day
from by_days
full outer join of_the_day on of_the_day.deal_id = by_days.deal_id and of_the_day.rule_order = by_days.rule_order
where by_days.deal_id is null or of_the_day.deal_id is null
