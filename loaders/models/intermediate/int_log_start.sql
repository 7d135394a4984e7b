-- Since when each system keeps a log of each field. From then on silence means "unchanged"; before, values are assumed.
with first_change as (

  select
    deal.source_system,
    change.field_number,
    min(change.happened_at) as started_at
  from {{ ref('int_deal_change') }} as change
  inner join {{ ref('int_deal_key') }} as deal on deal.deal_key = change.deal_key
  where change.is_first
  group by deal.source_system, change.field_number

)

select
  source_system,
  max(case when field_number = 1 then started_at end) as stage_at,
  max(case when field_number = 2 then started_at end) as pipeline_at,
  max(case when field_number = 3 then started_at end) as amount_at,
  max(case when field_number = 4 then started_at end) as currency_at,
  max(case when field_number = 5 then started_at end) as close_at,
  max(case when field_number = 6 then started_at end) as owner_at,
  max(case when field_number = 7 then started_at end) as category_at,
  max(case when field_number = 8 then started_at end) as deleted_at,
  max(case when field_number = 9 then started_at end) as outcome_at
from first_change
group by source_system
