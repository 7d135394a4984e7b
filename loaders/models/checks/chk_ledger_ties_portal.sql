-- Every registration is in the ledger once, with its money: the ledger's portal side is the portal.
select side_by_side.*
from (
  select
    (select count(*) from {{ ref('int_registration') }}) as n_portal,
    (select count(*) from {{ ref('partner_ledger') }} where side = 'portal') as n_ledger,
    (select coalesce(sum(estimated_amount_base), 0) from {{ ref('int_registration') }}) as portal_amount,
    (select coalesce(sum(portal_amount), 0) from {{ ref('partner_ledger') }}) as ledger_amount
) as side_by_side
where n_portal <> n_ledger or portal_amount <> ledger_amount
