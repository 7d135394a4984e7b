-- Partners as the exports list them; one that only a portal's registrations name is known by its latest name there. Two partners of one name
-- are two wherever figures are grouped by name: their region tells them apart, or else their id. `called` is the name alone.
with listed as (

  select
    partner_id,
    coalesce(name, partner_id) as called,
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
    arg_max(partner_name, submitted_at) as called,
    arg_max(partner_kind, submitted_at) as kind,
    arg_max(partner_tier, submitted_at) as tier,
    null as region,
    cast(null as date) as signed_on,
    cast(null as date) as onboarded_on,
    false as is_listed
  from {{ source('registration') }}
  where partner_name is not null and submitted_at is not null
  group by partner_id

),

known as (

  select * from listed
  union all
  select *
  from registering
  where not exists (select 1 from listed where listed.partner_id = registering.partner_id)

),

counted as (

  select
    *,
    count(*) over (partition by called) as n_namesakes,
    count(*) over (partition by called, region) as n_in_region
  from known

)

select
  partner_id,
  case
    when n_namesakes = 1 then called
    when n_in_region = 1 and region is not null then called || ' (' || region || ')'
    else called || ' (' || partner_id || ')'
  end as partner_name,
  called,
  kind,
  tier,
  region,
  signed_on,
  onboarded_on,
  is_listed
from counted
