-- The open pipeline at the end of every local day: running totals of what entered and left. Costs the same for a day as for
-- a decade, and equals the snapshot of each day.
with delta as (

  select * from {{ ref('int_open_delta') }}

),

slice as (

  select
    cast(row_number() over (order by pipeline_id, stage_id, channel) as integer) as slice_key,
    pipeline_id,
    stage_id,
    channel,
    first_on
  from (
    select pipeline_id, stage_id, channel, min(day_on) as first_on from delta group by pipeline_id, stage_id, channel
  ) as found

),

spine as (

  select
    day.day_on,
    slice.slice_key
  from {{ workspace('day') }} as day
  inner join slice on slice.first_on <= day.day_on

),

keyed as (

  select
    delta.*,
    slice.slice_key
  from delta
  inner join slice
    on coalesce(slice.pipeline_id, '') = coalesce(delta.pipeline_id, '')
    and coalesce(slice.stage_id, '') = coalesce(delta.stage_id, '')
    and coalesce(slice.channel, '') = coalesce(delta.channel, '')

),

running as (

  select
    spine.day_on,
    spine.slice_key,
    sum(coalesce(keyed.n_deals, 0)) over so_far as n_deals,
    sum(coalesce(keyed.amount, 0)) over so_far as amount,
    sum(coalesce(keyed.assumed_amount, 0)) over so_far as assumed_amount,
    sum(coalesce(keyed.n_without_amount, 0)) over so_far as n_without_amount
  from spine
  left join keyed on keyed.slice_key = spine.slice_key and keyed.day_on = spine.day_on
  window so_far as (
    partition by spine.slice_key order by spine.day_on
    rows between unbounded preceding and current row
  )

)

select
  running.day_on,
  running.slice_key,
  slice.pipeline_id,
  slice.stage_id,
  stage.stage_name as stage,
  stage.stage_order,
  slice.channel,
  cast(running.n_deals as integer) as n_deals,
  cast(running.amount as decimal(18, 2)) as open_amount,
  cast(running.assumed_amount as decimal(18, 2)) as assumed_amount,
  cast(running.n_without_amount as integer) as n_without_amount
from running
inner join slice on slice.slice_key = running.slice_key
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = slice.pipeline_id and stage.stage_id = slice.stage_id
order by running.day_on, running.slice_key
