-- What enters and leaves the open pipeline from one week's end to the next, by the quarter it is due in and by slice: each
-- stretch adds its amount in the first week that ends in it and takes it away in the first that no longer does. It knows
-- nothing of classes, so that movements can be checked against it.
with run as (

  select * from {{ workspace('run') }}

),

open_stretch as (

  select
    stretch.deal_key,
    stretch.owner_key,
    stretch.amount_base,
    stretch.to_on,
    day.week_number as from_week,
    month.quarter_starts_on as due_quarter_on
  from {{ ref('int_deal_stretch') }} as stretch
  inner join {{ ref('int_week_day') }} as day on day.day_on = stretch.from_on
  left join {{ workspace('fiscal_month') }} as month
    on month.starts_on <= stretch.due_on and month.ends_on >= stretch.due_on
  where stretch.status = 'open'

),

edge as (

  select deal_key, owner_key, due_quarter_on, from_week as week_number, amount_base as amount, 1 as n
  from open_stretch
  union all
  select open_stretch.deal_key, open_stretch.owner_key, open_stretch.due_quarter_on, day.week_number, -open_stretch.amount_base as amount, -1 as n
  from open_stretch
  inner join {{ ref('int_week_day') }} as day on day.day_on = open_stretch.to_on

)

select
  edge.week_number,
  edge.due_quarter_on,
  coalesce(person.person_name, owner.value) as owner,
  person.team,
  slice.region,
  slice.segment,
  slice.channel,
  slice.product_family,
  slice.deal_type,
  cast(sum(edge.amount) as decimal(18, 2)) as amount,
  cast(sum(edge.n) as bigint) as n
from edge
inner join {{ ref('int_deal_slice') }} as slice on slice.deal_key = edge.deal_key
left join {{ ref('int_value') }} as owner on owner.value_code = edge.owner_key
left join {{ ref('stg_person') }} as person on person.person_id = owner.value
group by
  edge.week_number,
  edge.due_quarter_on,
  coalesce(person.person_name, owner.value),
  person.team,
  slice.region,
  slice.segment,
  slice.channel,
  slice.product_family,
  slice.deal_type
