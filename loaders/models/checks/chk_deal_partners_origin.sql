-- Who brought a deal is among those who worked on it: each deal that is not direct has its origin's partner in deal_partners.
select origin.deal_id, origin.origin_partner_id
from {{ ref('deal_origins') }} as origin
left join {{ ref('deal_partners') }} as part
  on part.deal_id = origin.deal_id
  and part.partner_id = origin.origin_partner_id
where origin.origin <> 'direct' and part.deal_id is null
