-- severity: warn
-- Open deals counted at list price because their export has no amount.
select deal_id, stage, product, amount_base::varchar as list_price
from {{ ref('deals') }}
where is_amount_assumed
