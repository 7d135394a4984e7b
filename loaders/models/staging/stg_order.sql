select
  order_id,
  deal_id as stated_deal_id,
  account_id,
  ordered_on,
  promised_on,
  amount,
  upper(trim(currency)) as currency_code,
  status,
  cancelled_on,
  source_file
from {{ source('order') }}
