-- Two people of one name are two people wherever figures are grouped by name: their region tells them apart, or else their id.
with person as (

  select
    *,
    coalesce(name, person_id) as called,
    count(*) over (partition by coalesce(name, person_id)) = 1 as is_one
  from {{ source('person') }}

)

select
  person_id,
  user_id,
  {{ told_apart('is_one', 'called', 'region', 'person_id') }} as person_name,
  team,
  region,
  manager_id,
  role,
  starts_on,
  ends_on
from person
