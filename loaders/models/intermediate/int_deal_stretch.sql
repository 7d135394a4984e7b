-- The states of a deal at the ends of days: one row per deal and stretch of days over which its status, stage, owner, close
-- date and amount in base currency stay the same, first to last without a gap. A stretch is cut where the rate changes while
-- open. A closed or deleted deal is one stretch from the day it left, with the amount on leaving: what it was won for, at that
-- day's rate; of a lost or deleted one the amount at the end of the last day it was open, because CRMs empty it. due_on puts
-- it into a period: the close date, of a deal that is won the day it closed as int_deal_as_of has it (none where that is not known), so
-- that what is won in a period is the same here and there. Statuses are the numbers of int_line_name: 1 open, 2 won, 3 lost,
-- 4 deleted, and 0 before there was a deal; as words they would cost as much as all the rest that is written.
with run as (

  select * from {{ workspace('run') }}

),

-- Deleted is an outcome here: -1.
outcome as (

  select value.value_code, cast(name.number as tinyint) as status
  from {{ ref('int_value') }} as value
  inner join {{ ref('int_line_name') }} as name on name.kind = 'status' and name.name = value.value
  union all
  select -1 as value_code, cast(4 as tinyint) as status

),

-- Spans are stored in the order of their deals and times, so that the one before is the row before, if is_followed: of other deals' rows
-- nothing is told below.
followed as (

  select
    deal_key,
    valid_from_on as from_on,
    pipeline_key,
    stage_key,
    owner_key,
    currency_key,
    close_on,
    amount,
    is_amount_assumed or amount is null as is_amount_assumed,
    case when is_deleted then -1 else outcome_key end as outcome_key,
    coalesce(lag(deal_key) over by_deal = deal_key, false) as is_followed,
    lag(case when is_deleted then -1 else outcome_key end) over by_deal as previous_outcome,
    lag(pipeline_key) over by_deal as previous_pipeline,
    lag(stage_key) over by_deal as previous_stage,
    case when lag(deal_key) over by_deal = deal_key then lag(owner_key) over by_deal end as previous_owner,
    lag(currency_key) over by_deal as previous_currency,
    lag(close_on) over by_deal as previous_close_on,
    lag(amount) over by_deal as stated_before
  from {{ ref('int_deal_span') }}
  where valid_to_on is null or valid_to_on > valid_from_on
  window by_deal as ({{ in_order('partition by deal_key order by valid_from') }})

),

priced as (

  select followed.*, product.list_amount
  from followed
  left join (
    select product.deal_key, product.list_amount
    from {{ ref('int_deal_product') }} as product
    cross join run
    where run.missing_amount = 'list_price'
  ) as product on product.deal_key = followed.deal_key

),

compared as (

  select
    priced.*,
    coalesce(priced.amount, priced.list_amount, 0) as counted_amount,
    coalesce(priced.amount, 0) as stated_amount,
    coalesce(priced.stated_before, priced.list_amount, 0) as previous_amount,
    outcome.status,
    before.status as previous_status
  from priced
  inner join outcome on outcome.value_code = priced.outcome_key
  left join outcome as before on before.value_code = case when priced.is_followed then priced.previous_outcome end

),

changed as (

  select *
  from compared
  where
    previous_status is null
    or previous_status <> status
    or (
      status = 1
      and (
        previous_amount <> counted_amount
        or coalesce(previous_currency, 0) <> coalesce(currency_key, 0)
        or coalesce(previous_close_on, date '1000-01-01') <> coalesce(close_on, date '1000-01-01')
        or coalesce(previous_owner, 0) <> coalesce(owner_key, 0)
        or coalesce(previous_stage, 0) <> coalesce(stage_key, 0)
        or coalesce(previous_pipeline, 0) <> coalesce(pipeline_key, 0)
      )
    )

),

stretch as (

  select
    deal_key,
    from_on,
    coalesce(lead(from_on) over (partition by deal_key order by from_on), date '9999-12-31') as to_on,
    status,
    cast(coalesce(previous_status, 0) as tinyint) as previous_status,
    pipeline_key,
    stage_key,
    case when status = 4 then coalesce(previous_owner, owner_key) else owner_key end as owner_key,
    case when status in (3, 4) and previous_status = 1 then previous_currency else currency_key end as currency_key,
    case
      when status = 2 then from_on
      when status in (3, 4) and previous_status = 1 then previous_close_on
      else close_on
    end as due_on,
    case
      when status = 1 then counted_amount
      when status = 2 then stated_amount
      when previous_status = 1 then previous_amount
      else counted_amount
    end as own_amount,
    case
      when status in (3, 4) and previous_status = 1 then from_on - 1
      else from_on
    end as rate_on,
    is_amount_assumed
  from changed

),

-- The condition is in the key: beside it the join would compare every stretch with every deal.
closed as (

  select
    stretch.*,
    deal.deal_key is not null as is_won_now,
    deal.closed_on,
    coalesce(deal.rate_needed_on, stretch.rate_on) as closing_rate_on
  from stretch
  left join {{ ref('int_deal_as_of') }} as deal
    on deal.deal_key = case when stretch.status = 2 and stretch.to_on = date '9999-12-31' then stretch.deal_key end

),

fx as (

  select
    currency.value_code as currency_key,
    fx.from_on,
    fx.to_on,
    fx.rate
  from {{ ref('int_fx_period') }} as fx
  inner join {{ ref('int_value') }} as currency on currency.value = fx.currency_code

)

select
  stretch.deal_key,
  case when stretch.status = 1 and fx.from_on > stretch.from_on then fx.from_on else stretch.from_on end as from_on,
  case when stretch.status = 1 and fx.to_on < stretch.to_on then fx.to_on else stretch.to_on end as to_on,
  stretch.status,
  stretch.previous_status,
  stretch.pipeline_key,
  stretch.stage_key,
  stretch.owner_key,
  case when stretch.is_won_now then stretch.closed_on else stretch.due_on end as due_on,
  cast(stretch.own_amount as decimal(18, 2)) as own_amount,
  stretch.currency_key,
  {{ converted('stretch.own_amount', 'fx.rate') }} as amount_base,
  stretch.is_amount_assumed
from closed as stretch
inner join fx
  on fx.currency_key = stretch.currency_key
  and fx.from_on < (case when stretch.status = 1 then stretch.to_on else stretch.closing_rate_on + 1 end)
  and fx.to_on > stretch.closing_rate_on
