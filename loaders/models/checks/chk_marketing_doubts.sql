-- severity: warn
-- Marketing records are whole: known campaigns with dates and costs, touches before their deal closed, no negative spend.
select doubt, treatment, count(*)::integer as n_records, sum(amount)::varchar as amount, min(record) as example
from {{ ref('marketing_doubts') }}
-- Missing amounts are the business of chk_open_amounts.
where doubt <> 'deal without an amount in base currency'
group by doubt, treatment
