-- Partners as the exports list them; one that only a portal's registrations name is known by its latest name there.
with listed as (

  select
    partner_id,
    coalesce(name, partner_id) as partner_name,
    kind,
    tier,
    region,
    signed_on,
    onboarded_on,
    true as is_listed
  from {{ source('partner') }}

),

registering as (

  select
    partner_id,
    arg_max(partner_name, submitted_at) as partner_name,
    arg_max(partner_kind, submitted_at) as kind,
    arg_max(partner_tier, submitted_at) as tier,
    null as region,
    cast(null as date) as signed_on,
    cast(null as date) as onboarded_on,
    false as is_listed
  from {{ source('registration') }}
  where partner_name is not null and submitted_at is not null
  group by partner_id

)

select * from listed
union all
select *
from registering
where not exists (select 1 from listed where listed.partner_id = registering.partner_id)
