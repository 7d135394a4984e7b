-- Deals and orders tie: where the exports have orders, the ledger's deal side is all won deals and its order side is all orders, in number
-- and in money, each counted once.
with side_by_side as (

  select
    (select count(*) from {{ ref('int_deal') }} where outcome = 'won') as n_won,
    (select count(*) from {{ ref('chain_ledger') }} where outcome = 'won' and entry_id like 'D %') as n_ledger_won,
    (select coalesce(sum(amount_base), 0) from {{ ref('int_deal') }} where outcome = 'won') as won_amount,
    (select coalesce(sum(deal_amount), 0) from {{ ref('chain_ledger') }}) as ledger_won_amount,
    (select count(*) from {{ ref('orders') }}) as n_orders,
    (select coalesce(sum(n_orders), 0) from {{ ref('chain_ledger') }}) as n_ledger_orders,
    (select coalesce(sum(amount_base), 0) from {{ ref('orders') }}) as order_amount,
    (select coalesce(sum(order_amount), 0) from {{ ref('chain_ledger') }}) as ledger_order_amount

)

select *
from side_by_side
where
  n_orders > 0
  and (
    n_won <> n_ledger_won
    or won_amount <> ledger_won_amount
    or n_orders <> n_ledger_orders
    or order_amount <> ledger_order_amount
  )
