select
  invoice_id,
  order_id,
  invoiced_on,
  amount,
  upper(trim(currency)) as currency_code,
  source_file
from {{ source('invoice') }}
