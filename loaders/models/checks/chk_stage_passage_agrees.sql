-- The stage a deal's last passage ends in is the stage its state is in.
with last_passage as (

  select passage.deal_key, stage.value as stage_id
  from {{ ref('int_stage_passage') }} as passage
  inner join {{ ref('int_value') }} as stage on stage.value_code = passage.stage_key
  where passage.left_at is null

)

select
  as_of.deal_id,
  as_of.stage_id,
  last_passage.stage_id as passage_stage_id
from {{ ref('int_deal_as_of') }} as as_of
inner join last_passage on last_passage.deal_key = as_of.deal_key
where as_of.stage_id is null or as_of.stage_id <> last_passage.stage_id
