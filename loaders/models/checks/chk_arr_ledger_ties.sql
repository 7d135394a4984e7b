-- The ledger of won deals and contracts holds each deal's recurring money and each contract's ARR exactly once.
with said as (

  select
    deal.deal_id,
    {{ converted('record.recurring_amount', 'fx.rate') }} as deal_arr
  from {{ ref('int_deal') }} as deal
  cross join {{ workspace('run') }} as run
  inner join {{ ref('stg_deal') }} as record on record.deal_id = deal.deal_id
  left join {{ ref('int_fx_period') }} as fx
    on fx.currency_code = deal.currency_code and fx.from_on <= run.as_of and fx.to_on > run.as_of
  where deal.outcome = 'won'

),

side_by_side as (

  select
    (select coalesce(sum(deal_arr), 0) from said) as deals_say,
    (select coalesce(sum(deal_arr), 0) from {{ ref('arr_ledger') }}) as ledger_deals,
    (select coalesce(sum(arr_base), 0) from {{ ref('int_contract_life') }} where not is_same_sale) as contracts_say,
    (select coalesce(sum(contract_arr), 0) from {{ ref('arr_ledger') }}) as ledger_contracts,
    (select count(*) from {{ ref('int_contract_life') }} where not is_same_sale) as n_contracts,
    (select coalesce(sum(n_contracts), 0) from {{ ref('arr_ledger') }}) as ledger_n_contracts

)

select *
from side_by_side
where deals_say <> ledger_deals or contracts_say <> ledger_contracts or n_contracts <> ledger_n_contracts
