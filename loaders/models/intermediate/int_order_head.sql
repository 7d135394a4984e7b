-- One row per order placed by the as-of day, with what its own record and the days of what happened to it say. An order without a day is of
-- the first thing known to have happened to it; one that is said to be cancelled without a day, of the last. A word of the ERP is of the
-- day of the exports: it says nothing where something is known to have happened after the as-of day.
with run as (

  select * from {{ workspace('run') }}

),

happened as (

  select order_id, actual_on as happened_on from {{ ref('stg_order_milestone') }}
  union all
  select order_id, shipped_on from {{ ref('stg_shipment') }}
  union all
  select order_id, delivered_on from {{ ref('stg_shipment') }}
  union all
  select order_id, invoiced_on from {{ ref('stg_invoice') }}

),

event as (

  select
    happened.order_id,
    min(happened.happened_on) as first_on,
    max(case when happened.happened_on <= run.as_of then happened.happened_on end) as last_on,
    max(case when happened.happened_on > run.as_of then 1 else 0 end) = 1 as is_known_later
  from happened
  cross join run
  group by happened.order_id

),

-- Whether the firm ever says when an order was shipped as a step: where it only plans that step, its empty day says nothing.
kept as (

  select count(*) > 0 as has_shipped_days
  from {{ ref('stg_order_milestone') }}
  where milestone = 'shipped' and actual_on is not null

),

milestone as (

  select
    milestone.order_id,
    max(case when milestone.milestone = 'shipped' and milestone.actual_on <= run.as_of then milestone.actual_on end) as shipped_on,
    max(case when milestone.milestone = 'delivered' and milestone.actual_on <= run.as_of then milestone.actual_on end) as delivered_on,
    max(case when milestone.milestone = 'shipped' and kept.has_shipped_days then 1 else 0 end) = 1 as has_shipped
  from {{ ref('stg_order_milestone') }} as milestone
  cross join run
  cross join kept
  group by milestone.order_id

),

lines as (

  select order_id, cast(sum(amount) as decimal(18, 2)) as amount
  from {{ ref('stg_order_line') }}
  group by order_id

),

head as (

  select
    stated.order_id,
    stated.stated_deal_id,
    stated.account_id,
    coalesce(stated.ordered_on, event.first_on) as ordered_on,
    stated.ordered_on is null as is_day_assumed,
    stated.promised_on,
    coalesce(stated.amount, lines.amount) as amount,
    stated.amount is null and lines.amount is not null as is_amount_of_lines,
    coalesce(stated.currency_code, run.base_currency) as currency_code,
    stated.status,
    case
      when stated.cancelled_on is not null or event.is_known_later then null
      else status.word
    end as word,
    stated.cancelled_on,
    event.last_on,
    milestone.shipped_on as milestone_shipped_on,
    milestone.delivered_on as milestone_delivered_on,
    coalesce(milestone.has_shipped, false) as has_shipped_milestone,
    stated.source_file
  from {{ ref('stg_order') }} as stated
  cross join run
  left join event on event.order_id = stated.order_id
  left join milestone on milestone.order_id = stated.order_id
  left join lines on lines.order_id = stated.order_id
  left join {{ ref('int_order_status') }} as status on status.status = stated.status

)

select
  head.order_id,
  head.stated_deal_id,
  head.account_id,
  head.ordered_on,
  head.is_day_assumed,
  head.promised_on,
  head.amount,
  head.is_amount_of_lines,
  head.currency_code,
  head.status,
  coalesce(head.word = 'done', false) as is_said_done,
  coalesce(head.word in ('part', 'open'), false) as is_said_open,
  -- Whether something says that not all of it has left: its status, its own step, or that it was cancelled before.
  head.milestone_shipped_on is null
    and head.milestone_delivered_on is null
    and coalesce(head.word, '') <> 'done'
    and (
      coalesce(head.word, '') in ('part', 'open', 'cancelled')
      or head.has_shipped_milestone
      or coalesce(head.cancelled_on <= run.as_of, false)
    ) as is_not_whole,
  case
    when head.cancelled_on <= run.as_of then greatest(head.cancelled_on, head.ordered_on)
    when head.word = 'cancelled' then greatest(coalesce(head.last_on, head.ordered_on), head.ordered_on)
  end as cancelled_on,
  coalesce(head.word = 'cancelled', false) as is_cancel_day_assumed,
  greatest(coalesce(head.last_on, head.ordered_on), head.ordered_on) as last_on,
  head.milestone_shipped_on,
  head.milestone_delivered_on,
  head.source_file
from head
cross join run
where head.ordered_on <= run.as_of
