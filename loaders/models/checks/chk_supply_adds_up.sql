-- What is in stock and what is still to come is what the exports say of each material, to the unit, added up from their rows themselves: no
-- line is lost or counted twice, and of lines that nothing says are over all that has not come is still to come.
with counts as (

  select stock.material_id, stock.site, coalesce(stock.counted_on, run.as_of) as day, sum(stock.on_hand) as on_hand
  from {{ source('stock') }} as stock
  cross join {{ workspace('run') }} as run
  where stock.counted_on is null or stock.counted_on <= run.as_of
  group by 1, 2, 3

),

-- By a rule of its own, in plain words: what was received after the as-of day was all to come on it, whatever is said of it now.
still_to_come as (

  select
    line.source_file || ':' || line.source_record as line_key,
    line.material_id,
    case
      when line.received_on > run.as_of then line.quantity
      when line.received_on is not null then line.quantity - coalesce(line.received_quantity, line.quantity)
      else line.quantity - coalesce(line.received_quantity, 0)
    end as units
  from {{ source('purchase_order') }} as line
  cross join {{ workspace('run') }} as run
  where (line.ordered_on is null or line.ordered_on <= run.as_of)
    and (
      line.received_on > run.as_of
      or not regexp_matches(
        lower(coalesce(line.status, '')),
        'cancel|called.off|void|withdrawn|revoked|storn|annul|widerruf|deliver|geliefert|closed|complete|fulfil|done|finished|abgeschlossen|erledigt|receiv'
      )
    )

),

expected as (

  select material_id, sum(on_hand) as units, 'in stock' as what
  from (select *, row_number() over (partition by material_id, site order by day desc) as place from counts)
  where place = 1
  group by material_id
  union all
  -- Ordered is received and still to come; what is over, or came in more than was ordered, leaves the two apart.
  select material_id, sum(quantity), 'ordered'
  from {{ source('purchase_order') }} as line
  cross join {{ workspace('run') }} as run
  where line.ordered_on is null or line.ordered_on <= run.as_of
  group by material_id
  union all
  select material_id, sum(greatest(0, units)), 'still to come' from still_to_come group by material_id

),

found as (

  select material_id, sum(on_hand) as units, 'in stock' as what from {{ ref('material_stock') }} group by material_id
  union all
  select
    material_id,
    sum(
      case
        when open_quantity > 0 or received_quantity = quantity then received_quantity + open_quantity
        else quantity
      end
    ),
    'ordered'
  from {{ ref('purchase_lines') }}
  group by material_id
  union all
  select line.material_id, sum(line.open_quantity), 'still to come'
  from {{ ref('purchase_lines') }} as line
  inner join still_to_come as told on told.line_key = line.line_key
  group by line.material_id

)

select
  coalesce(expected.material_id, found.material_id) as material_id,
  coalesce(expected.what, found.what) as what,
  expected.units as expected_units,
  found.units as found_units
from expected
full outer join found on found.material_id = expected.material_id and found.what = expected.what
where expected.material_id is null
  or found.material_id is null
  or abs(coalesce(expected.units, 0) - coalesce(found.units, 0)) > 1e-9 * greatest(1, abs(coalesce(expected.units, 0)))
