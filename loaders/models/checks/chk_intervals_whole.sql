-- The spans of a deal follow each other without gap or overlap, none is empty, and only the last is still running.
with followed as (

  select
    deal_key,
    valid_from,
    valid_to,
    lead(valid_from) over (partition by deal_key order by valid_from) as next_from
  from {{ ref('int_deal_span') }}

)

select
  key.deal_id,
  cast(followed.valid_from as varchar) as valid_from,
  cast(followed.valid_to as varchar) as valid_to,
  cast(followed.next_from as varchar) as next_from
from followed
inner join {{ ref('int_deal_key') }} as key on key.deal_key = followed.deal_key
where
  (followed.valid_to is null and followed.next_from is not null)
  or (followed.valid_to is not null and followed.next_from is null)
  or followed.valid_to <> followed.next_from
  or followed.valid_to <= followed.valid_from
