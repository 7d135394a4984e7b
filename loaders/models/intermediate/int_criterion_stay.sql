-- The stays in open stages that have entry rules, one row a rule, cut to the days at whose ends the deal was open; of the last
-- five quarters.
with run as (

  select *, cast(as_of - interval 456 day as date) as since_on from {{ workspace('run') }}

)

select
  passage.deal_key,
  passage.passage_number,
  criterion.pipeline_id,
  criterion.stage_id,
  criterion.rule_order,
  criterion.field,
  greatest({{ local_day('passage.entered_at') }}, time.from_on, run.since_on) as from_on,
  least(coalesce({{ local_day('passage.left_at') }}, date '9999-12-31'), time.to_on) as to_on
from {{ ref('int_stage_passage') }} as passage
inner join {{ ref('int_criterion') }} as criterion
  on criterion.pipeline_key = passage.pipeline_key and criterion.stage_key = passage.stage_key and criterion.side = 'entry'
inner join {{ ref('int_deal_open_time') }} as time on time.deal_key = passage.deal_key
cross join run
where
  time.to_on > run.since_on
  and time.from_on < coalesce({{ local_day('passage.left_at') }}, date '9999-12-31')
  and time.to_on > {{ local_day('passage.entered_at') }}
  and coalesce({{ local_day('passage.left_at') }}, date '9999-12-31') > greatest({{ local_day('passage.entered_at') }}, run.since_on)
