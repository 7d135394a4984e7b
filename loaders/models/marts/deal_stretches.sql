-- materialized: view
select
  key.deal_id,
  stretch.from_on,
  stretch.to_on,
  status.name as status,
  stage.stage_name as stage,
  pipeline.pipeline_name as pipeline,
  coalesce(person.person_name, owner.value) as owner,
  person.team,
  stretch.due_on,
  stretch.amount_base as amount,
  case when currency.value <> run.base_currency then stretch.own_amount end as own_amount,
  case when currency.value <> run.base_currency then currency.value end as currency_code,
  case when stretch.status = 2 and stretch.to_on = date '9999-12-31' then correction.corrected_on end as corrected_on,
  case when stretch.status = 2 and stretch.to_on = date '9999-12-31' then correction.corrected_amount end as corrected_amount,
  stretch.is_amount_assumed
from {{ ref('int_deal_stretch') }} as stretch
cross join {{ workspace('run') }} as run
inner join {{ ref('int_deal_key') }} as key on key.deal_key = stretch.deal_key
inner join {{ ref('int_line_name') }} as status on status.kind = 'status' and status.number = stretch.status
left join {{ ref('int_won_correction') }} as correction on correction.deal_key = stretch.deal_key
left join {{ ref('int_value') }} as stage_value on stage_value.value_code = stretch.stage_key
left join {{ ref('int_value') }} as pipeline_value on pipeline_value.value_code = stretch.pipeline_key
left join {{ ref('int_value') }} as owner on owner.value_code = stretch.owner_key
left join {{ ref('int_value') }} as currency on currency.value_code = stretch.currency_key
left join {{ ref('stg_person') }} as person on person.person_id = owner.value
left join {{ workspace('pipeline') }} as pipeline on pipeline.pipeline_id = pipeline_value.value
left join {{ workspace('stage') }} as stage
  on stage.pipeline_id = pipeline_value.value and stage.stage_id = stage_value.value
