select
  person_id,
  team,
  starts_on,
  ends_on,
  amount,
  upper(trim(currency)) as currency_code
from {{ source('quota') }}
