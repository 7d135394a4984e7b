-- The spans of a deal follow each other without gap or overlap, none is empty, only the last is still running, and all are stored in the
-- order of their deals and times, which other models count on.
with followed as (

  select
    deal_key,
    valid_from,
    valid_to,
    lead(deal_key) over by_deal as next_key,
    case when lead(deal_key) over by_deal = deal_key then lead(valid_from) over by_deal end as next_from
  from {{ ref('int_deal_span') }}
  window by_deal as ({{ in_order('order by deal_key, valid_from') }})

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
  or followed.next_key < followed.deal_key
