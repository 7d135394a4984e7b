-- Partners as the exports list them; one that only a portal's registrations name is known by its latest name there. Two of one name in
-- one export are two partners wherever figures are grouped by name: their region tells them apart, or else their id. One name with one id
-- each in several systems, or in the list and the portal, is one firm's, and figures grouped by name hold it together: `same_as` is then
-- the id that it goes by first, and the firm's kind, tier and region are those of its first id that has one. `called` is the name alone.
with listed as (

  select
    partner_id,
    coalesce(name, partner_id) as called,
    kind,
    tier,
    region,
    signed_on,
    onboarded_on,
    source_system,
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
    arg_max(source_system, submitted_at) as source_system,
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

named as (

  select
    *,
    count(*) over (partition by called, is_listed, source_system) as n_in_export
  from known

),

counted as (

  select
    *,
    max(n_in_export) over (partition by called) = 1 as is_one,
    first_value(partner_id) over (partition by called order by is_listed desc, partner_id) as first_id
  from named

),

held as (

  select
    *,
    case when is_one then first_id else partner_id end as firm_id
  from counted

)

select
  partner_id,
  {{ told_apart('is_one', 'called', 'region', 'partner_id') }} as partner_name,
  called,
  nullif(firm_id, partner_id) as same_as,
  firm_id,
  kind,
  tier,
  region,
  signed_on,
  onboarded_on,
  is_listed,
  first_value(kind ignore nulls) over firm as firm_kind,
  first_value(tier ignore nulls) over firm as firm_tier,
  first_value(region ignore nulls) over firm as firm_region
from held
window firm as (
  partition by firm_id
  order by is_listed desc, partner_id
  rows between unbounded preceding and unbounded following
)
