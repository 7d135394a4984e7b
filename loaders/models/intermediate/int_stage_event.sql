-- Every moment at which a deal's stage became known, up to the as-of day, with its pipeline and its owner at that moment.
-- From the completed events rather than from the intervals, which are the same truth: several stages in one moment are
-- several passages (an export with days only has them all at midnight) but no span of time. Of a deal
-- whose creation nobody dates, the first stage has no moment and is left out.
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
  key.deal_id,
  stated.happened_at,
  stage.value as stage_id,
  pipeline.value as pipeline_id,
  owner.value as owner_id,
  abs(stated.stage_code) % 2 = 1 as is_assumed,
  row_number() over (partition by stated.deal_key order by stated.happened_at, stated.sequence) as sequence
from stated
inner join {{ ref('int_deal_key') }} as key on key.deal_key = stated.deal_key
inner join {{ ref('int_value') }} as stage on stage.value_code = stated.stage_code - abs(stated.stage_code) % 2
left join {{ ref('int_value') }} as pipeline
  on pipeline.value_code = stated.pipeline_code - abs(stated.pipeline_code) % 2
left join {{ ref('int_value') }} as owner on owner.value_code = stated.owner_code - abs(stated.owner_code) % 2
