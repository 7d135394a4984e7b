select
  source_file || ':' || source_record as event_key,
  partner_id,
  "at" as happened_at,
  kind as stated_kind,
  amount,
  upper(trim(currency)) as currency_code,
  n_people,
  lower(trim(status)) as status,
  deal_id,
  customer_name,
  source_file
from {{ source('partner_event') }}
