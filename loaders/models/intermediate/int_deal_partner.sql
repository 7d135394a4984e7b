-- The partner a deal is counted under: sourced before resold before the rest, then the earliest.
with ranked as (

  select
    deal_partner.deal_id,
    deal_partner.partner_id,
    deal_partner.role,
    coalesce(partner.partner_name, deal_partner.partner_id) as partner_name,
    row_number() over (
      partition by deal_partner.deal_id
      order by
        case deal_partner.role when 'sourced' then 1 when 'resell' then 2 when 'influenced' then 3 else 4 end,
        deal_partner.since_at nulls last,
        deal_partner.partner_id
    ) as nth
  from {{ ref('stg_deal_partner') }} as deal_partner
  cross join {{ workspace('run') }} as run
  left join {{ ref('stg_partner') }} as partner on partner.partner_id = deal_partner.partner_id
  where deal_partner.since_at is null or deal_partner.since_at < run.as_of_ends_at

)

select
  deal_id,
  partner_id,
  partner_name,
  role
from ranked
where nth = 1
