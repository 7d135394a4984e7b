-- Two people of one name are two people wherever figures are grouped by name: their region tells them apart, or else their id.
with person as (

  select
    *,
    coalesce(name, person_id) as called,
    count(*) over (partition by coalesce(name, person_id)) as n_namesakes,
    count(*) over (partition by coalesce(name, person_id), region) as n_in_region
  from {{ source('person') }}

)

select
  person_id,
  user_id,
  case
    when n_namesakes = 1 then called
    when n_in_region = 1 and region is not null then called || ' (' || region || ')'
    else called || ' (' || person_id || ')'
  end as person_name,
  team,
  region,
  manager_id,
  role,
  starts_on,
  ends_on
from person
