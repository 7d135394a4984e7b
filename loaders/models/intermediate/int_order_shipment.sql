-- What was shipped of each order by the as-of day, in the order's currency. A shipment without an amount carries an even share of what
-- those with one leave; where something says that more is to come, or that the rest was cancelled, how much it was is not known, and nothing
-- is taken off for it until the order is whole. Of an order that was shipped or delivered as its milestones or its status say, and has no shipment, the whole is
-- taken to have left on that day. Nothing leaves before it was ordered.
with run as (

  select * from {{ workspace('run') }}

),

known as (

  select
    shipment.shipment_id,
    shipment.order_id,
    greatest(shipment.shipped_on, head.ordered_on) as shipped_on,
    case when shipment.delivered_on <= run.as_of then shipment.delivered_on end as delivered_on,
    shipment.amount as stated_amount,
    head.amount as order_amount,
    head.is_not_whole,
    sum(shipment.amount) over (partition by shipment.order_id) as known_amount,
    sum(case when shipment.amount is null then 1 else 0 end) over (partition by shipment.order_id) as n_unknown,
    row_number() over (
      partition by shipment.order_id, shipment.amount is null
      order by shipment.shipped_on, shipment.shipment_id
    ) as nth
  from {{ ref('stg_shipment') }} as shipment
  inner join {{ ref('int_order_head') }} as head on head.order_id = shipment.order_id
  cross join run
  where shipment.shipped_on <= run.as_of

),

shared as (

  select
    *,
    -- Of an order whose amount is not known no share can be taken: greatest() would make it 0.
    case when order_amount is not null then greatest(order_amount - coalesce(known_amount, 0), 0) end as unsaid_amount
  from known

)

select
  shipment_id,
  order_id,
  shipped_on,
  delivered_on,
  -- Cumulated shares are rounded, so that they sum to what is left.
  case
    when stated_amount is not null then stated_amount
    when is_not_whole then cast(0 as decimal(18, 2))
    else cast(floor(unsaid_amount * 100 * nth / n_unknown + 0.5) / 100 as decimal(18, 2))
      - cast(floor(unsaid_amount * 100 * (nth - 1) / n_unknown + 0.5) / 100 as decimal(18, 2))
  end as amount,
  stated_amount is null as is_assumed,
  false as is_whole_assumed
from shared
union all
select
  head.order_id || ' as a whole' as shipment_id,
  head.order_id,
  greatest(coalesce(head.milestone_shipped_on, head.milestone_delivered_on, head.last_on), head.ordered_on) as shipped_on,
  head.milestone_delivered_on as delivered_on,
  head.amount,
  true as is_assumed,
  true as is_whole_assumed
from {{ ref('int_order_head') }} as head
where
  coalesce(head.milestone_shipped_on, head.milestone_delivered_on, case when head.is_said_done then head.last_on end) is not null
  and (
    head.cancelled_on is null
    or head.cancelled_on >= coalesce(head.milestone_shipped_on, head.milestone_delivered_on, head.last_on)
  )
  and not exists (select 1 from known where known.order_id = head.order_id)
