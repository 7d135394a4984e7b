-- Every registration's estimate has a rate to base currency on the day it was submitted.
select
  registration.registration_id,
  registration.currency_code,
  cast(mart.submitted_on as varchar) as on_day
from {{ ref('registrations') }} as mart
inner join {{ ref('stg_registration') }} as registration on registration.registration_id = mart.registration_id
where registration.estimated_amount is not null and mart.estimated_amount_base is null
