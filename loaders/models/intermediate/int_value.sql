-- The code of each text value, once.
select distinct
  value_code,
  value
from {{ ref('int_value_spelling') }}
where value is not null
