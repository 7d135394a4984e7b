-- materialized: view
-- When which rule of workspace.yaml is asked of which deal: its entry rules when it enters a stage, the exit rules when it goes
-- on to a later stage or is won, and of a deal that is open the entry rules of its stage once more on the as-of day. Moments are
-- numbers, 1 entry, 2 exit, 3 now, which stage_conformance puts into words.
with run as (

  select * from {{ workspace('run') }}

),

passage as (

  select
    passage.deal_key,
    passage.passage_number,
    passage.pipeline_key,
    passage.stage_key,
    passage.entered_at,
    passage.left_at,
    passage.owner_key,
    stage.stage_order,
    next_stage.kind as next_kind,
    next_stage.stage_order as next_order
  from {{ ref('int_stage_passage') }} as passage
  inner join {{ ref('int_stage_key') }} as stage
    on stage.pipeline_key = passage.pipeline_key and stage.stage_key = passage.stage_key
  left join {{ ref('int_stage_key') }} as next_stage
    on next_stage.pipeline_key = passage.next_pipeline_key and next_stage.stage_key = passage.next_stage_key

),

moment as (

  select deal_key, passage_number, pipeline_key, stage_key, owner_key, cast(1 as tinyint) as moment, 'entry' as side, entered_at as asked_at
  from passage
  union all
  select deal_key, passage_number, pipeline_key, stage_key, owner_key, cast(2 as tinyint) as moment, 'exit' as side, left_at as asked_at
  from passage
  where left_at is not null and (next_kind = 'won' or (next_kind = 'open' and next_order > stage_order))
  union all
  select
    passage.deal_key,
    passage.passage_number,
    passage.pipeline_key,
    passage.stage_key,
    passage.owner_key,
    cast(3 as tinyint) as moment,
    'entry' as side,
    run.as_of_ends_at - interval 1 microsecond as asked_at
  from passage
  cross join run
  inner join {{ ref('int_deal_as_of') }} as as_of on as_of.deal_key = passage.deal_key and as_of.outcome = 'open'
  where passage.left_at is null

)

select
  moment.deal_key,
  moment.passage_number,
  moment.owner_key,
  moment.moment,
  moment.asked_at,
  criterion.criterion_key,
  criterion.field
from moment
inner join {{ ref('int_criterion') }} as criterion
  on criterion.pipeline_key = moment.pipeline_key
  and criterion.stage_key = moment.stage_key
  and criterion.side = moment.side
