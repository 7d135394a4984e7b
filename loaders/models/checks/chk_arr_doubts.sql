-- severity: warn
-- Contracts are whole: signed, told once, of a known customer and product, in a stated currency, with an end after their start and ARR that is not negative.
select doubt, treatment, count(*)::integer as n_records, sum(amount)::varchar as amount, min(record) as example
from {{ ref('arr_doubts') }}
where
  doubt not in (
    'renewed after its end',
    'renewed before its end',
    'goes on under the same contract id, no signing day',
    'another contract of the same product at the same time'
  )
group by doubt, treatment
