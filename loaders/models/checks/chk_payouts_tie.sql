-- Every payout that counts is in one entry of partner_payouts: its sum is the sum of the programme's payouts.
with ledger as (

  select coalesce(sum(paid_amount), 0) as amount, coalesce(sum(n_payouts), 0) as n from {{ ref('partner_payouts') }}

),

programme as (

  select coalesce(sum(amount_base), 0) as amount, count(*) as n
  from {{ ref('partner_events') }}
  where kind = 'payout' and standing = 'counts'

)

select ledger.amount::varchar as ledger_amount, programme.amount::varchar as programme_amount, ledger.n::integer as n_ledger, programme.n::integer as n_programme
from ledger
cross join programme
where ledger.amount <> programme.amount or ledger.n <> programme.n
