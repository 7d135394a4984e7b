-- severity: warn
-- Records of the partner programme are whole: known partners and deals, after the partner signed, with amounts that are not negative.
select doubt, treatment, count(*)::integer as n_records, sum(amount)::varchar as amount, min(record) as example
from {{ ref('partner_doubts') }}
group by doubt, treatment
