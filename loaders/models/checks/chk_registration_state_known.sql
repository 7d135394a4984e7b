-- severity: warn
-- Every status of the partner portal is one that Weir knows; map others with recode in workspace.yaml.
select status, count(*)::integer as n_registrations
from {{ ref('int_registration') }}
where state is null
group by status
