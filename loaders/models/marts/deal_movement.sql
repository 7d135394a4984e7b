-- materialized: view
select
  line.scope,
  line.week_number,
  line.week_on,
  slice.deal_id,
  line.line,
  line.class,
  line.amount,
  line.n_change,
  coalesce(person.person_name, owner.value) as owner,
  person.team,
  slice.region,
  slice.segment,
  slice.channel,
  slice.product_family,
  slice.deal_type
from {{ ref('int_movement_line') }} as line
inner join {{ ref('int_deal_slice') }} as slice on slice.deal_key = line.deal_key
left join {{ ref('int_value') }} as owner on owner.value_code = line.owner_key
left join {{ ref('stg_person') }} as person on person.person_id = owner.value
