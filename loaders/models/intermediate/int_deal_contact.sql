-- materialized: view
-- How many people of the customer take part in each open deal on the as-of day. An association without a day counts as old.
with run as (

  select * from {{ workspace('run') }}

),

named as (

  select
    deal.deal_key,
    count(distinct contact.contact_id) as n_contacts
  from {{ ref('stg_deal_contact') }} as contact
  cross join run
  inner join {{ ref('int_deal') }} as deal on deal.deal_id = contact.deal_id and deal.outcome = 'open'
  where contact.since_at is null or contact.since_at < run.as_of_ends_at
  group by deal.deal_key

)

select
  deal.deal_key,
  coalesce(named.n_contacts, 0) as n_contacts
from {{ ref('int_deal') }} as deal
left join named on named.deal_key = deal.deal_key
where deal.outcome = 'open'
