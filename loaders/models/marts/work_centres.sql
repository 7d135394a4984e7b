-- Where hours are worked, with what each offers; those that only bills name, too.
select
  coalesce(centre.work_centre_id, named.work_centre_id) as work_centre_id,
  coalesce(centre.work_centre, named.work_centre_id) as work_centre,
  cast(case when centre.hours_per_week > 0 then centre.hours_per_week end as double) as hours_per_week
from {{ ref('stg_work_centre') }} as centre
full outer join (
  select distinct work_centre_id from {{ ref('stg_bill_of_materials') }} where work_centre_id is not null
) as named on named.work_centre_id = centre.work_centre_id
