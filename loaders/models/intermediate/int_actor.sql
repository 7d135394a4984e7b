-- The people and programs that the change log names, numbered.
select
  cast(row_number() over (order by actor_id) as integer) as actor_key,
  actor_id
from (
  select distinct actor_id
  from {{ ref('stg_deal_event') }}
  where actor_id is not null
) as named
