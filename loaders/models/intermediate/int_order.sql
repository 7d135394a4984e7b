-- One row per order placed by the as-of day: when and how it left the backlog. It leaves with the shipment that completes its amount,
-- with its last one when it is delivered or said to be done, or when it is cancelled; the first of these. Where all that was shipped has
-- arrived, less than a hundredth of the amount is left and no word of the ERP says that more is to come, the last shipment completes it
-- too: what is left is a matter of price.
with shipped as (

  select
    *,
    sum(amount) over (partition by order_id order by shipped_on, shipment_id) as amount_so_far
  from {{ ref('int_order_shipment') }}

),

summed as (

  select
    shipped.order_id,
    count(*) as n_shipments,
    sum(shipped.amount) as amount,
    min(shipped.shipped_on) as first_on,
    max(shipped.shipped_on) as last_on,
    -- Known once every part has arrived.
    case when count(shipped.delivered_on) = count(*) then max(shipped.delivered_on) end as delivered_on,
    min(case when head.amount > 0 and shipped.amount_so_far >= head.amount then shipped.shipped_on end) as complete_on,
    max(case when shipped.is_assumed then 1 else 0 end) as n_assumed,
    max(case when shipped.is_whole_assumed then 1 else 0 end) as n_whole_assumed
  from shipped
  inner join {{ ref('int_order_head') }} as head on head.order_id = shipped.order_id
  group by shipped.order_id

),

ended as (

  select
    head.*,
    cast(coalesce(summed.n_shipments, 0) as integer) as n_shipments,
    cast(coalesce(summed.amount, 0) as decimal(18, 2)) as shipped_amount,
    summed.first_on as first_shipped_on,
    summed.last_on as last_shipped_on,
    coalesce(summed.n_assumed, 0) > 0 as is_shipment_assumed,
    coalesce(summed.n_whole_assumed, 0) > 0 as is_whole_assumed,
    coalesce(head.milestone_delivered_on, summed.delivered_on) as arrived_on,
    coalesce(
      summed.complete_on is null
      and summed.delivered_on is not null
      and head.amount > 0
      and summed.amount >= head.amount * 0.99
      and head.milestone_delivered_on is null
      and not head.is_said_done
      and not head.is_said_open,
      false
    ) as is_rest_waived,
    case
      when summed.complete_on is not null then summed.complete_on
      when head.milestone_delivered_on is not null or head.is_said_done then summed.last_on
      when summed.delivered_on is not null and head.amount > 0 and summed.amount >= head.amount * 0.99 and not head.is_said_open
        then summed.last_on
    end as shipped_whole_on
  from {{ ref('int_order_head') }} as head
  left join summed on summed.order_id = head.order_id

)

select
  *,
  case
    when cancelled_on < shipped_whole_on or shipped_whole_on is null then cancelled_on
    else shipped_whole_on
  end as closed_on,
  case
    when cancelled_on < shipped_whole_on or (cancelled_on is not null and shipped_whole_on is null) then 'cancelled'
    when shipped_whole_on is null then 'open'
    else 'shipped'
  end as state,
  -- The day of a part delivered is not that of the order.
  case when shipped_whole_on is not null and (cancelled_on is null or cancelled_on >= shipped_whole_on) then arrived_on end as delivered_on
from ended
