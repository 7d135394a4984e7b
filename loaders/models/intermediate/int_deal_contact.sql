-- How many people of the customer take part in each deal on the as-of day. An association without a day counts as old.
with run as (

  select * from {{ workspace('run') }}

),

named as (

  select
    contact.deal_id,
    count(distinct contact.contact_id) as n_contacts
  from {{ ref('stg_deal_contact') }} as contact
  cross join run
  where contact.since_at is null or contact.since_at < run.as_of_ends_at
  group by contact.deal_id

)

select
  deal.deal_id,
  coalesce(named.n_contacts, 0) as n_contacts
from {{ ref('int_deal') }} as deal
left join named on named.deal_id = deal.deal_id
