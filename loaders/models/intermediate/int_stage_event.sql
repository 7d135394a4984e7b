-- materialized: view
-- Every moment at which a deal's stage became known, up to the as-of day, with its pipeline and its owner at that moment.
-- From the completed events rather than from the intervals, which are the same truth: several stages in one moment are
-- several passages (an export with days only has them all at midnight) but no span of time. Of a deal
-- whose creation nobody dates, the first stage has no moment and is left out. Keys are codes of int_value, which
-- stage_entries shows as text.
with run as (

  select * from {{ workspace('run') }}

),

event as (

  select
    event.deal_key,
    event.happened_at,
    event.sequence,
    event.stage_code,
    event.pipeline_code,
    event.owner_code
  from {{ ref('int_deal_event') }} as event
  cross join run
  where
    event.happened_at < run.as_of_ends_at
    and not (event.sequence = 0 and event.is_time_assumed)
    and (event.stage_code is not null or event.pipeline_code is not null or event.owner_code is not null)

),

stated as (

  select
    deal_key,
    happened_at,
    sequence,
    stage_code,
    last_value(pipeline_code ignore nulls) over so_far as pipeline_code,
    last_value(owner_code ignore nulls) over so_far as owner_code
  from event
  window so_far as (
    partition by deal_key order by happened_at, sequence
    rows between unbounded preceding and current row
  )

)

select
  deal_key,
  happened_at,
  nullif(stage_code - abs(stage_code) % 2, {{ empty }}) as stage_key,
  nullif(pipeline_code - abs(pipeline_code) % 2, {{ empty }}) as pipeline_key,
  nullif(owner_code - abs(owner_code) % 2, {{ empty }}) as owner_key,
  abs(stage_code) % 2 = 1 as is_assumed,
  sequence
from stated
where stage_code - abs(stage_code) % 2 <> {{ empty }}
