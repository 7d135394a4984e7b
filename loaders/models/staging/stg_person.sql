select
  person_id,
  coalesce(name, person_id) as person_name,
  team,
  region,
  manager_id,
  role,
  starts_on,
  ends_on
from {{ source('person') }}
