-- What brings orders into the backlog and takes them out again, order by order and month by month, in the order's currency and in base
-- currency at the rate of its day. Orders add their amount; shipments and what a cancellation leaves undone take away; what an order that
-- was shipped as a whole was worth more or less than its shipments is repriced. What is then left at the rate of the month's end is no
-- movement: the difference is what the rate of exchange has revalued, and only orders in other currencies have any.
with base as (

  select base_currency, as_of from {{ workspace('run') }}

),

happened as (

  select order_id, 1 as line, ordered_on as on_day, amount as own_amount, 1 as n
  from {{ ref('int_order') }}
  where amount is not null
  union all
  select shipment.order_id, 2, shipment.shipped_on, -shipment.amount, 1
  from {{ ref('int_order_shipment') }} as shipment
  inner join {{ ref('int_order') }} as ordered on ordered.order_id = shipment.order_id
  where ordered.amount is not null
  union all
  -- What the shipments up to the end leave; those after it, which a closed order may still have, are taken back as they come.
  select
    ordered.order_id,
    case when ordered.state = 'cancelled' then 3 else 4 end,
    ordered.closed_on,
    coalesce(sum(shipment.amount), 0) - ordered.amount,
    1
  from {{ ref('int_order') }} as ordered
  left join {{ ref('int_order_shipment') }} as shipment
    on shipment.order_id = ordered.order_id and shipment.shipped_on <= ordered.closed_on
  where ordered.closed_on is not null and ordered.amount is not null
  group by ordered.order_id, ordered.state, ordered.closed_on, ordered.amount
  having coalesce(sum(shipment.amount), 0) <> ordered.amount
  union all
  select shipment.order_id, 4, shipment.shipped_on, shipment.amount, 1
  from {{ ref('int_order_shipment') }} as shipment
  inner join {{ ref('int_order') }} as ordered on ordered.order_id = shipment.order_id
  where shipment.shipped_on > ordered.closed_on and ordered.amount is not null

),

move as (

  select
    happened.order_id,
    happened.line,
    month.month_on,
    ordered.currency_code,
    happened.n,
    cast(happened.own_amount as decimal(18, 2)) as own_amount,
    {{ converted('cast(happened.own_amount as decimal(18, 2))', 'rate.rate') }} as amount
  from happened
  inner join {{ ref('int_order') }} as ordered on ordered.order_id = happened.order_id
  left join {{ ref('int_order_day') }} as rate
    on rate.currency_code = ordered.currency_code and rate.needed_on = happened.on_day
  inner join {{ ref('int_order_month') }} as month
    on month.month_on = cast(date_trunc('month', happened.on_day) as date)

),

-- Each month in which an order in another currency is open or moves.
stay as (

  select ordered.order_id, ordered.currency_code, month.month_on, month.ends_on
  from {{ ref('int_order') }} as ordered
  cross join base
  inner join {{ ref('int_order_month') }} as month
    on month.ends_on >= ordered.ordered_on
    and month.month_on <= greatest(coalesce(ordered.closed_on, base.as_of), coalesce(ordered.last_shipped_on, ordered.ordered_on))
  where ordered.currency_code <> base.base_currency and ordered.amount is not null

),

told as (

  select order_id, month_on, sum(own_amount) as own_amount, sum(amount) as amount
  from move
  group by order_id, month_on

),

level as (

  select
    stay.order_id,
    stay.currency_code,
    stay.month_on,
    stay.ends_on,
    coalesce(told.amount, 0) as moved_amount,
    sum(coalesce(told.own_amount, 0)) over (partition by stay.order_id order by stay.month_on) as own_amount
  from stay
  left join told on told.order_id = stay.order_id and told.month_on = stay.month_on

),

valued as (

  select
    level.*,
    {{ converted('cast(level.own_amount as decimal(18, 2))', 'rate.rate') }} as end_amount
  from level
  left join {{ ref('int_order_day') }} as rate
    on rate.currency_code = level.currency_code and rate.needed_on = level.ends_on

),

revalued as (

  select
    order_id,
    month_on,
    end_amount - coalesce(lag(end_amount) over (partition by order_id order by month_on), 0) - moved_amount as amount
  from valued

)

select order_id, line, month_on, n, own_amount, amount from move
union all
select order_id, 5 as line, month_on, 0 as n, cast(0 as decimal(18, 2)) as own_amount, cast(amount as decimal(18, 2)) as amount
from revalued
where amount <> 0
