-- One integer for each deal of the exports, and for each deal of which only the log is left to tell that it was deleted.
with known as (

  select deal_id, source_system, 1 as has_record from {{ ref('stg_deal') }}
  union all
  select deal_id, source_system, 0 as has_record from {{ ref('stg_deal_event') }} where field = 'is_deleted'

),

merged as (

  select
    deal_id,
    max(has_record) = 1 as has_record,
    coalesce(max(case when has_record = 1 then source_system end), max(source_system)) as source_system
  from known
  group by deal_id

)

select
  cast(row_number() over (order by deal_id) as integer) as deal_key,
  deal_id,
  has_record,
  source_system
from merged
