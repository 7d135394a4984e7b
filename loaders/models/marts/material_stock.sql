-- What lies in stock: of each material and site the newest count that is not after the as-of day, its batches and bins added up.
-- A count without a day is of the as-of day.
with counted as (

  select
    stock.material_id,
    stock.site,
    coalesce(stock.counted_on, run.as_of) as counted_on,
    stock.on_hand
  from {{ ref('stg_stock') }} as stock
  cross join {{ workspace('run') }} as run
  where coalesce(stock.counted_on, run.as_of) <= run.as_of

),

newest as (

  select material_id, site, max(counted_on) as counted_on from counted group by material_id, site

)

select
  newest.material_id,
  newest.site,
  newest.counted_on,
  cast(sum(counted.on_hand) as double) as on_hand,
  count(*) as n_rows
from newest
inner join counted
  on counted.material_id = newest.material_id and counted.site = newest.site and counted.counted_on = newest.counted_on
group by newest.material_id, newest.site, newest.counted_on
