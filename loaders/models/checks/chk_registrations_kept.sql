-- Every registration of the exports has one answer to which deal it is; a mart that loses or repeats one is wrong.
select registration.registration_id, count(match.registration_id)::integer as n_answers
from {{ ref('stg_registration') }} as registration
left join {{ workspace('registration_match') }} as match on match.registration_id = registration.registration_id
group by registration.registration_id
having count(match.registration_id) <> 1
