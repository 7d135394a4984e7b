-- Every calendar month from the first order (or invoice) to the as-of day, which ends the last one. None without orders.
with run as (

  select * from {{ workspace('run') }}

),

span as (

  select
    cast(date_trunc('month', min(happened.on_day)) as date) as first_on,
    max(run.as_of) as last_on
  from (
    select ordered_on as on_day from {{ ref('int_order') }}
    union all
    select invoiced_on from {{ ref('stg_invoice') }}
  ) as happened
  cross join run
  where happened.on_day <= run.as_of

)

select
  cast(begun.month_on as date) as month_on,
  least(cast(begun.month_on + interval 1 month - interval 1 day as date), span.last_on) as ends_on,
  cast(begun.month_on + interval 1 month - interval 1 day as date) <= span.last_on as is_whole
from span
cross join lateral (
  select unnest(range(cast(span.first_on as timestamp), cast(span.last_on as timestamp) + interval 1 day, interval 1 month)) as month_on
) as begun
where span.first_on is not null
