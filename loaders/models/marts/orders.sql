with run as (

  select * from {{ workspace('run') }}

),

phase as (

  select
    order_id,
    max(case when is_under_way then milestone end) as next_milestone,
    max(case when is_under_way then planned_on end) as next_planned_on,
    max(n_steps) as n_steps
  from {{ ref('order_phases') }}
  group by order_id

),

money as (

  select
    order_id,
    sum(case when line = 1 then amount else 0 end) as ordered_amount,
    sum(case when line = 2 then -amount else 0 end) as shipped_amount,
    sum(case when line = 3 then -amount else 0 end) as cancelled_amount,
    sum(case when line = 4 then amount else 0 end) as repriced_amount,
    sum(case when line = 5 then amount else 0 end) as revalued_amount
  from {{ ref('int_backlog_move') }}
  group by order_id

)

select
  ordered.order_id,
  slice.deal_id,
  ordered.stated_deal_id,
  deal.deal_name,
  slice.account_name,
  slice.region,
  slice.segment,
  slice.product,
  slice.product_family,
  slice.channel,
  ordered.ordered_on,
  ordered.promised_on,
  ordered.first_shipped_on,
  ordered.last_shipped_on,
  ordered.delivered_on,
  case when ordered.state = 'cancelled' then ordered.closed_on end as cancelled_on,
  ordered.closed_on,
  case
    when ordered.state = 'open' and ordered.n_shipments > 0 then 'part shipped'
    when ordered.state = 'shipped' and ordered.delivered_on is not null then 'delivered'
    else ordered.state
  end as state,
  ordered.status,
  ordered.n_shipments,
  ordered.currency_code,
  ordered.amount as amount_order_currency,
  case when ordered.amount is not null then cast(money.ordered_amount as decimal(18, 2)) end as amount_base,
  case when ordered.amount is not null then cast(coalesce(money.shipped_amount, 0) as decimal(18, 2)) end as shipped_amount,
  case when ordered.amount is not null then cast(coalesce(money.cancelled_amount, 0) as decimal(18, 2)) end as cancelled_amount,
  case when ordered.amount is not null then cast(coalesce(money.repriced_amount, 0) as decimal(18, 2)) end as repriced_amount,
  case when ordered.amount is not null then cast(coalesce(money.revalued_amount, 0) as decimal(18, 2)) end as revalued_amount,
  -- What is left to ship, at the rate of the as-of day: not what the movements leave, which a check holds against it.
  case
    when ordered.state <> 'open' then cast(0 as decimal(18, 2))
    when ordered.amount is not null
      then {{ converted('cast(ordered.amount - ordered.shipped_amount as decimal(18, 2))', 'rate.rate') }}
  end as backlog_amount,
  cast(ordered.state = 'open' as integer) as n_open,
  phase.n_steps,
  phase.next_milestone,
  phase.next_planned_on,
  -- A plan that is not known is not kept: greatest() would make it 0.
  case
    when ordered.state = 'open' and phase.next_planned_on is not null
      then cast(greatest(date_diff('day', phase.next_planned_on, run.as_of), 0) as integer)
  end as next_late_days,
  cast(date_diff('day', ordered.promised_on, ordered.delivered_on) as integer) as promise_error_days,
  ordered.delivered_on <= ordered.promised_on as is_on_time,
  cast(date_diff('day', ordered.ordered_on, ordered.delivered_on) as integer) as lead_days,
  cast(
    date_diff(
      'day',
      ordered.ordered_on,
      coalesce(ordered.delivered_on, ordered.closed_on, run.as_of)
    ) as integer
  ) as waited_days,
  -- When an order arrived that has left is not known without a day of delivery: it is not late for that.
  case
    when ordered.state = 'open' and ordered.promised_on < run.as_of
      then cast(date_diff('day', ordered.promised_on, run.as_of) as integer)
  end as late_days,
  nullif(
    concat_ws(
      '; ',
      case when ordered.is_day_assumed then 'has no day of its own: taken is the first on which something happened to it' end,
      case when ordered.is_amount_of_lines then 'has no amount of its own: taken is the sum of its lines' end,
      case when ordered.is_cancel_day_assumed and ordered.state = 'cancelled'
        then 'says it was cancelled, not when: taken is the last day on which something happened to it' end,
      case when ordered.is_shipment_assumed and not ordered.is_whole_assumed and ordered.is_not_whole
        then 'has shipments without an amount, and is not whole: nothing is taken off for them' end,
      case when ordered.is_shipment_assumed and not ordered.is_whole_assumed and not ordered.is_not_whole
        then 'has shipments without an amount: taken is an even share of what the others leave' end,
      case when ordered.is_whole_assumed and ordered.state <> 'cancelled'
        then 'its steps or its status say that it has left, and it has no shipment: taken is the whole of it, on the last day known' end,
      case when ordered.is_rest_waived and ordered.state = 'shipped'
        then 'less than 1% of it was not shipped, and all that was has arrived: taken as whole' end
    ),
    ''
  ) as assumed,
  ordered.source_file
from {{ ref('int_order') }} as ordered
cross join run
inner join {{ ref('int_order_slice') }} as slice on slice.order_id = ordered.order_id
left join {{ ref('int_deal') }} as deal on deal.deal_id = slice.deal_id
left join money on money.order_id = ordered.order_id
left join phase on phase.order_id = ordered.order_id
left join {{ ref('int_order_day') }} as rate
  on rate.currency_code = ordered.currency_code and rate.needed_on = run.as_of
