-- Every moment at which a deal's stage became known: from the change log, completed where the log is silent.
with logged as (

  select
    event.deal_id,
    event.happened_at,
    event.old_value,
    event.new_value,
    event.is_assumed,
    row_number() over (
      partition by event.deal_id order by event.happened_at, event.source_file, event.source_record
    ) as nth,
    row_number() over (
      partition by event.deal_id order by event.happened_at desc, event.source_file desc, event.source_record desc
    ) as nth_from_last
  from {{ ref('stg_deal_event') }} as event
  where event.field = 'stage_id' and event.happened_at is not null

),

-- The stage before the first logged change, from creation on.
opening as (

  select
    deal.deal_id,
    deal.created_at as happened_at,
    coalesce(logged.old_value, case when logged.deal_id is null and deal.outcome = 'open' then deal.stage_id end) as stage_id,
    logged.deal_id is null as is_assumed,
    0 as sequence
  from {{ ref('int_deal') }} as deal
  left join logged on logged.deal_id = deal.deal_id and logged.nth = 1
  where deal.created_at is not null and (logged.happened_at is null or logged.happened_at > deal.created_at)

),

-- The stage the record is in now, when the log does not end in it.
closing as (

  select
    deal.deal_id,
    case when deal.outcome = 'open' then coalesce(logged.happened_at, deal.created_at) else deal.closed_at end as happened_at,
    deal.stage_id,
    true as is_assumed,
    1000000 as sequence
  from {{ ref('int_deal') }} as deal
  left join logged on logged.deal_id = deal.deal_id and logged.nth_from_last = 1
  where
    (logged.new_value is null or logged.new_value <> deal.stage_id)
    and not (logged.deal_id is null and deal.outcome = 'open')

),

together as (

  select deal_id, happened_at, new_value as stage_id, is_assumed, nth as sequence from logged
  union all
  select deal_id, happened_at, stage_id, is_assumed, sequence from opening where stage_id is not null
  union all
  select deal_id, happened_at, stage_id, is_assumed, sequence from closing where happened_at is not null

)

select
  deal_id,
  happened_at,
  stage_id,
  is_assumed,
  row_number() over (partition by deal_id order by happened_at, sequence) as sequence
from together
