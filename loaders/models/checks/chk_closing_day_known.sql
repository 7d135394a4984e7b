-- Deals that are won or lost say on which day.
-- to do: enter the close dates of these deals in the CRM and export again; where they have closed_on in another column, map it to closed_at
select
  deal_id,
  stage_id,
  outcome
from {{ ref('deals') }}
where outcome <> 'open' and closed_on is null
