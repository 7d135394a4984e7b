-- From the won deal to the order: one entry per deal that is won or has orders, and one per order whose deal is not known. Each has exactly
-- one class, the first that applies. Amounts are held against each other in the deal's currency where all its orders are in it, to the cent;
-- else in base currency, where a hundredth is no difference. Firms whose exports have no orders have no entries.
with run as (

  select * from {{ workspace('run') }}

),

placed as (

  select
    ordered.order_id,
    ordered.stated_deal_id,
    ordered.account_id,
    slice.deal_id,
    ordered.ordered_on,
    ordered.state,
    ordered.currency_code,
    ordered.amount as own_amount,
    {{ converted('ordered.amount', 'rate.rate') }} as amount_base
  from {{ ref('int_order') }} as ordered
  inner join {{ ref('int_order_slice') }} as slice on slice.order_id = ordered.order_id
  left join {{ ref('int_order_day') }} as rate
    on rate.currency_code = ordered.currency_code and rate.needed_on = ordered.ordered_on

),

begins as (

  select min(ordered_on) as first_on from placed

),

of_deal as (

  select
    placed.deal_id,
    count(*) as n_orders,
    sum(case when placed.state <> 'cancelled' then 1 else 0 end) as n_standing,
    string_agg(placed.order_id, ', ' order by placed.ordered_on, placed.order_id) as order_ids,
    min(placed.ordered_on) as first_ordered_on,
    sum(placed.amount_base) as order_amount,
    sum(case when placed.state <> 'cancelled' then placed.amount_base end) as standing_amount,
    sum(case when placed.state <> 'cancelled' then placed.own_amount end) as standing_own_amount,
    max(case when placed.currency_code = deal.currency_code then 0 else 1 end) = 0 as is_one_currency,
    max(case when placed.own_amount is null and placed.state <> 'cancelled' then 1 else 0 end) = 1 as has_unpriced
  from placed
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = placed.deal_id
  group by placed.deal_id

),

deal_entry as (

  select
    'D ' || deal.deal_id as entry_id,
    deal.deal_id,
    of_deal.order_ids,
    coalesce(of_deal.n_standing, 0) > 0 as is_standing,
    cast(coalesce(of_deal.n_orders, 0) as integer) as n_orders,
    of_deal.first_ordered_on,
    deal.closed_on,
    deal.outcome,
    case when deal.outcome = 'won' then deal.amount_base end as deal_amount,
    of_deal.order_amount,
    case
      when of_deal.n_standing > 0 and of_deal.is_one_currency and deal.outcome = 'won' and not of_deal.has_unpriced
        then {{ converted('cast(of_deal.standing_own_amount - deal.amount_deal_currency as decimal(18, 2))', 'deal.fx_rate') }}
      when of_deal.n_standing > 0 and deal.outcome = 'won' and not of_deal.has_unpriced
        then cast(of_deal.standing_amount - deal.amount_base as decimal(18, 2))
    end as gap_amount,
    case
      when deal.outcome <> 'won' and of_deal.n_standing = 0 then 'not won, order cancelled'
      when deal.outcome <> 'won' then 'deal not won'
      when of_deal.deal_id is null and deal.closed_on + run.order_within_days < begins.first_on then 'before the orders begin'
      when of_deal.deal_id is null and deal.closed_on + run.order_within_days >= run.as_of then 'order expected'
      when of_deal.deal_id is null then 'won, no order'
      when of_deal.n_standing = 0 then 'order cancelled'
      when deal.amount_deal_currency is null or of_deal.has_unpriced then 'no amount to compare'
      when of_deal.is_one_currency and of_deal.standing_own_amount = deal.amount_deal_currency then 'agrees'
      when
        not of_deal.is_one_currency
        and abs(of_deal.standing_amount - deal.amount_base) <= abs(deal.amount_base) / 100
        then 'agrees'
      else 'amount differs'
    end as class,
    deal.account_id,
    deal.currency_code,
    deal.amount_deal_currency as own_amount
  from {{ ref('int_deal') }} as deal
  cross join run
  cross join begins
  left join of_deal on of_deal.deal_id = deal.deal_id
  where begins.first_on is not null and (deal.outcome = 'won' or of_deal.deal_id is not null)

),

order_entry as (

  select
    'O ' || placed.order_id as entry_id,
    placed.order_id,
    placed.stated_deal_id,
    placed.account_id,
    placed.ordered_on,
    placed.currency_code,
    placed.own_amount,
    placed.amount_base,
    placed.state <> 'cancelled' as is_standing,
    case when placed.stated_deal_id is null then 'no deal named' else 'deal not known' end as class
  from placed
  where placed.deal_id is null

),

-- An order without a deal, not cancelled, that is for just what a won deal without an order was won for, by the same customer in the months before: likely
-- its own, where there is one such deal and one such order.
likely as (

  select
    order_entry.order_id,
    deal_entry.deal_id,
    count(*) over (partition by order_entry.order_id) as n_deals,
    count(*) over (partition by deal_entry.deal_id) as n_orders
  from order_entry
  inner join deal_entry
    on deal_entry.account_id = order_entry.account_id
    and deal_entry.currency_code = order_entry.currency_code
    and deal_entry.own_amount = order_entry.own_amount
  cross join run
  where
    deal_entry.outcome = 'won'
    and deal_entry.n_orders = 0
    and order_entry.is_standing
    and order_entry.ordered_on >= deal_entry.closed_on
    and order_entry.ordered_on <= deal_entry.closed_on + 2 * run.order_within_days

)

select
  deal_entry.entry_id,
  case when likely.order_id is not null then 'order likely' else deal_entry.class end as class,
  deal_entry.deal_id,
  coalesce(deal_entry.order_ids, likely.order_id) as order_ids,
  deal_entry.n_orders,
  deal_entry.first_ordered_on as ordered_on,
  deal_entry.closed_on,
  deal_entry.outcome,
  deal_entry.deal_amount,
  cast(deal_entry.order_amount as decimal(18, 2)) as order_amount,
  deal_entry.gap_amount,
  deal_entry.is_standing,
  likely.order_id is not null as is_likely
from deal_entry
left join likely on likely.deal_id = deal_entry.deal_id and likely.n_deals = 1 and likely.n_orders = 1
union all
select
  order_entry.entry_id,
  order_entry.class,
  likely.deal_id,
  order_entry.order_id,
  1 as n_orders,
  order_entry.ordered_on,
  null as closed_on,
  null as outcome,
  null as deal_amount,
  order_entry.amount_base,
  null as gap_amount,
  order_entry.is_standing,
  likely.order_id is not null as is_likely
from order_entry
left join likely on likely.order_id = order_entry.order_id and likely.n_deals = 1 and likely.n_orders = 1
