select
  source_file || ':' || source_record as contract_key,
  subscription_id,
  account_id,
  product_id,
  signed_on,
  starts_on,
  ends_on,
  arr,
  upper(trim(currency)) as currency_code,
  lower(trim(status)) as status,
  deal_id,
  source_file
from {{ source('subscription') }}
