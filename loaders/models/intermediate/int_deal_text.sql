-- Next step and account of each deal at the end of the as-of day, where the log has changes of them: the last one seen, else
-- the value before the first one unseen.
with change as (

  select
    event.deal_id,
    event.field,
    event.happened_at,
    event.source_file,
    event.source_record,
    event.old_value,
    event.new_value,
    event.happened_at < run.as_of_ends_at as is_seen
  from {{ ref('stg_deal_event') }} as event
  cross join {{ workspace('run') }} as run
  where event.field in ('next_step', 'account_id') and event.happened_at is not null

),

ranked as (

  select
    *,
    row_number() over (
      partition by deal_id, field, is_seen order by happened_at, source_file, source_record
    ) as nth,
    row_number() over (
      partition by deal_id, field, is_seen order by happened_at desc, source_file desc, source_record desc
    ) as nth_from_last,
    max(case when is_seen then 1 else 0 end) over (partition by deal_id, field) = 1 as has_seen,
    max(case when is_seen then 0 else 1 end) over (partition by deal_id, field) = 1 as has_unseen
  from change

),

-- When the whole log is seen the record has the last word.
decided as (

  select deal_id, field, case when is_seen then new_value else old_value end as value
  from ranked
  where has_unseen and ((is_seen and nth_from_last = 1) or (not has_seen and nth = 1))

)

select
  deal_id,
  max(case when field = 'next_step' then 1 else 0 end) = 1 as has_next_step,
  max(case when field = 'next_step' then value end) as next_step,
  max(case when field = 'account_id' then 1 else 0 end) = 1 as has_account,
  max(case when field = 'account_id' then value end) as account_id
from decided
group by deal_id
