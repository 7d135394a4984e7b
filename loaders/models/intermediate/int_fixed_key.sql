-- The codes of the values that the event models name themselves, in one row.
select
  max(case when spelled.field = 'outcome' and spelled.spelling = 'open' then spelled.value_code end) as open_key,
  max(case when spelled.field = 'outcome' and spelled.spelling = 'won' then spelled.value_code end) as won_key,
  max(case when spelled.field = 'is_deleted' and spelled.spelling = 'true' then spelled.value_code end) as deleted_key,
  max(case when spelled.field = 'is_deleted' and spelled.spelling = 'false' then spelled.value_code end) as alive_key,
  max(case when spelled.field = 'currency' and spelled.spelling = run.base_currency then spelled.value_code end) as base_key
from {{ ref('int_value_spelling') }} as spelled
cross join {{ workspace('run') }} as run
