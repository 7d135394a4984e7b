-- Every deal with a partner, in the CRM or by a registration, is counted in the ledger once, with its money.
with crm as (

  select deal.deal_id, deal.amount_base
  from {{ ref('int_deal') }} as deal
  cross join {{ workspace('run') }} as run
  where
    exists (
      select 1
      from {{ ref('stg_deal_partner') }} as relation
      where relation.deal_id = deal.deal_id and (relation.since_at is null or relation.since_at < run.as_of_ends_at)
    )
    or exists (select 1 from {{ ref('int_registration') }} as registration where registration.deal_id = deal.deal_id)

),

side_by_side as (

  select
    (select count(*) from crm) as n_crm,
    (select count(distinct deal_id) from {{ ref('partner_ledger') }} where class <> 'unsure' and deal_name is not null) as n_ledger,
    (select coalesce(sum(amount_base), 0) from crm) as crm_amount,
    (select coalesce(sum(crm_amount_counted), 0) from {{ ref('partner_ledger') }}) as ledger_amount

)

select *
from side_by_side
where n_crm <> n_ledger or crm_amount <> ledger_amount
