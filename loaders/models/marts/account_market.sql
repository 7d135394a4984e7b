-- Where there is room: accounts that never bought and with which nothing is open now.
with bought as (

  select
    account_id,
    bool_or(outcome = 'won') as has_won,
    bool_or(outcome = 'open') as has_open
  from {{ ref('int_deal') }}
  where account_id is not null
  group by account_id

)

select
  coalesce(case when run.region_from = 'account' then account.region end, '(none)') as region,
  coalesce(account.segment, '(none)') as segment,
  cast(count(*) as integer) as n_accounts,
  cast(count(*) filter (where coalesce(bought.has_won, false)) as integer) as n_customers,
  cast(count(*) filter (where not coalesce(bought.has_won, false) and coalesce(bought.has_open, false)) as integer) as n_in_play,
  cast(count(*) filter (where not coalesce(bought.has_won, false) and not coalesce(bought.has_open, false)) as integer) as n_white
from {{ ref('stg_account') }} as account
cross join {{ workspace('run') }} as run
left join bought on bought.account_id = account.account_id
where not account.is_partner
group by all
