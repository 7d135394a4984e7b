-- The two ends of each deal's log: per field the value before its first change and after its last, null when never changed.
select
  deal_key,
  min(happened_at) as first_at,
  max(case when field_number = 1 then happened_at end) as last_stage_at,
  max(case when field_number = 9 then happened_at end) as last_outcome_at,
  max(case when field_number = 1 and is_first then old_code end) as first_stage_code,
  max(case when field_number = 2 and is_first then old_code end) as first_pipeline_code,
  max(case when field_number = 3 and is_first then old_code end) as first_amount_code,
  max(case when field_number = 4 and is_first then old_code end) as first_currency_code,
  max(case when field_number = 5 and is_first then old_code end) as first_close_code,
  max(case when field_number = 6 and is_first then old_code end) as first_owner_code,
  max(case when field_number = 7 and is_first then old_code end) as first_category_code,
  max(case when field_number = 8 and is_first then old_code end) as first_deleted_code,
  max(case when field_number = 9 and is_first then old_code end) as first_outcome_code,
  max(case when field_number = 1 and is_last then new_code end) as last_stage_code,
  max(case when field_number = 2 and is_last then new_code end) as last_pipeline_code,
  max(case when field_number = 3 and is_last then new_code end) as last_amount_code,
  max(case when field_number = 4 and is_last then new_code end) as last_currency_code,
  max(case when field_number = 5 and is_last then new_code end) as last_close_code,
  max(case when field_number = 6 and is_last then new_code end) as last_owner_code,
  max(case when field_number = 7 and is_last then new_code end) as last_category_code,
  max(case when field_number = 8 and is_last then new_code end) as last_deleted_code,
  max(case when field_number = 9 and is_last then new_code end) as last_outcome_code
from {{ ref('int_deal_change') }}
where is_first or is_last
group by deal_key
