-- materialized: view
-- Every moment at which a deal's stage became known, up to the as-of day, with its pipeline and its owner at that moment.
-- From how deals were created, their log and what the log left out rather than from the spans, which are the same truth: several stages in one moment are
-- several passages (an export with days only has them all at midnight) but no span of time. Of a deal
-- whose creation nobody dates, the first stage has no moment and is left out. Keys are codes of int_value, which
-- stage_entries shows as text.
with run as (

  select * from {{ workspace('run') }}

),

-- Each code is null when the event leaves the field alone. A change to the value that the field had anyway is left out.
together as (

  select
    deal_key,
    happened_at,
    cast(0 as bigint) as sequence,
    stage_code,
    pipeline_code,
    owner_code
  from {{ ref('int_deal_opening') }}
  where not is_time_assumed
  union all
  select
    deal_key,
    happened_at,
    sequence,
    case when field_number = 1 then new_code end as stage_code,
    case when field_number = 2 then new_code end as pipeline_code,
    case when field_number = 6 then new_code end as owner_code
  from {{ ref('int_deal_change') }}
  where is_new and field_number in (1, 2, 6)
  union all
  select
    deal_key,
    happened_at,
    cast(4000000000000000000 as bigint) as sequence,
    stage_code,
    pipeline_code,
    owner_code
  from {{ ref('int_deal_closing') }}
  where stage_code is not null or pipeline_code is not null or owner_code is not null

),

event as (

  select
    together.deal_key,
    together.happened_at,
    together.sequence,
    cast(together.stage_code as integer) as stage_code,
    cast(together.pipeline_code as integer) as pipeline_code,
    cast(together.owner_code as integer) as owner_code
  from together
  cross join run
  -- A condition of each row, as in int_deal_span.
  where coalesce(together.happened_at < run.as_of_ends_at, false)

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
