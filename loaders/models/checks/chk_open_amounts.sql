-- severity: warn
-- Open deals say what they are worth.
select deal_id, stage, owner
from {{ ref('deals') }}
where outcome = 'open' and amount_base is null
