-- Every currency has a rate on each day it is needed.
select
  fx.currency_code || ' to ' || run.base_currency as pair,
  fx.needed_on::varchar as day
from {{ ref('int_currency_day') }} as fx
cross join {{ workspace('run') }} as run
where fx.rate is null
