-- materialized: view
select
  scope.name as scope,
  line.week_number,
  line.week_on,
  slice.deal_id,
  named.name as line,
  class.name as class,
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
inner join {{ ref('int_line_name') }} as scope on scope.kind = 'scope' and scope.number = line.scope
inner join {{ ref('int_line_name') }} as named on named.kind = 'line' and named.number = line.line
inner join {{ ref('int_line_name') }} as class on class.kind = 'line' and class.number = line.class
left join {{ ref('int_value') }} as owner on owner.value_code = line.owner_key
left join {{ ref('stg_person') }} as person on person.person_id = owner.value
