select
  upper(trim(currency)) as currency_code,
  "on" as rate_on,
  rate
from {{ source('fx_rate') }}
