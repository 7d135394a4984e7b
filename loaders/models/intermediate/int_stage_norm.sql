-- Days that deals won stayed in a stage, as known at the ends of the last quarters and on the as-of day: of a segment from twenty stays
-- on, of all segments together from ten on, as stage_norms says it of the as-of day.
with run as (

  select *, cast(as_of - interval 456 day as date) as since_on from {{ workspace('run') }}

),

epoch as (

  select
    known_on,
    lead(known_on, 1, date '9999-12-31') over (order by known_on) as until_on
  from (
    select distinct month.quarter_ends_on as known_on
    from {{ workspace('fiscal_month') }} as month
    cross join run
    where month.quarter_ends_on < run.as_of and month.quarter_ends_on > run.since_on - 100
    union
    select as_of as known_on from run
  ) as day

),

-- Stays of won deals, counted by their days and by when they are known first: a later day knows them too, and to count them
-- anew for each would take as many times the rows.
won_stay as (

  select
    least(greatest(coalesce(month.quarter_ends_on, date '1000-01-01'), first_epoch.known_on), run.as_of) as known_on,
    passage.pipeline_key,
    passage.stage_key,
    coalesce(deal.segment, '(none)') as segment,
    date_diff('day', {{ local_day('passage.entered_at') }}, {{ local_day('passage.left_at') }}) as stage_days
  from {{ ref('int_stage_passage') }} as passage
  inner join {{ ref('int_stage_key') }} as stage
    on stage.pipeline_key = passage.pipeline_key and stage.stage_key = passage.stage_key and stage.kind = 'open'
  inner join {{ ref('int_deal') }} as deal on deal.deal_key = passage.deal_key and deal.outcome = 'won'
  cross join run
  cross join (select min(known_on) as known_on from epoch) as first_epoch
  left join {{ workspace('fiscal_month') }} as month on month.starts_on = cast(date_trunc('month', deal.closed_on) as date)
  where passage.left_at is not null and deal.closed_on <= run.as_of

),

stay as (

  select known_on, pipeline_key, stage_key, segment, stage_days, count(*) as n
  from won_stay
  group by known_on, pipeline_key, stage_key, segment, stage_days

),

counted as (

  select
    epoch.known_on,
    grouped.pipeline_key,
    grouped.stage_key,
    grouped.segment,
    grouped.stage_days,
    max(grouped.least) as least,
    sum(grouped.n) as n
  from (
    select *, 20 as least from stay
    union all
    select known_on, pipeline_key, stage_key, '(all)' as segment, stage_days, n, 10 as least from stay
  ) as grouped
  inner join epoch on epoch.known_on >= grouped.known_on
  group by epoch.known_on, grouped.pipeline_key, grouped.stage_key, grouped.segment, grouped.stage_days

),

placed as (

  select
    *,
    sum(n) over (
      partition by known_on, pipeline_key, stage_key, segment order by stage_days rows unbounded preceding
    ) as n_so_far,
    sum(n) over (partition by known_on, pipeline_key, stage_key, segment) as n_all,
    max(least) over (partition by known_on, pipeline_key, stage_key, segment) as n_least
  from counted

),

-- quantile_cont: between the stays whose places are next to it.
neighbour as (

  select
    known_on,
    pipeline_key,
    stage_key,
    segment,
    (n_all - 1) * 0.75e0 - floor((n_all - 1) * 0.75e0) as p75_share,
    (n_all - 1) * 0.9e0 - floor((n_all - 1) * 0.9e0) as p90_share,
    min(case when n_so_far > floor((n_all - 1) * 0.75e0) then stage_days end) as p75_below,
    min(case when n_so_far > ceil((n_all - 1) * 0.75e0) then stage_days end) as p75_above,
    min(case when n_so_far > floor((n_all - 1) * 0.9e0) then stage_days end) as p90_below,
    min(case when n_so_far > ceil((n_all - 1) * 0.9e0) then stage_days end) as p90_above
  from placed
  where n_all >= n_least
  group by known_on, pipeline_key, stage_key, segment, n_all

)

select
  neighbour.known_on,
  epoch.until_on,
  neighbour.pipeline_key,
  neighbour.stage_key,
  neighbour.segment,
  neighbour.p75_below * (1 - neighbour.p75_share) + neighbour.p75_above * neighbour.p75_share as p75_days,
  neighbour.p90_below * (1 - neighbour.p90_share) + neighbour.p90_above * neighbour.p90_share as p90_days
from neighbour
inner join epoch on epoch.known_on = neighbour.known_on
