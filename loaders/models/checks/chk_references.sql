-- severity: warn
-- Owners, accounts, products and partners that deals name are in their own tables.
select 'owner' as kind, deal.owner_id as id, count(*)::integer as n_deals
from {{ ref('stg_deal') }} as deal
left join {{ ref('stg_person') }} as person on person.person_id = deal.owner_id
where deal.owner_id is not null and person.person_id is null and exists (select 1 from {{ ref('stg_person') }})
group by deal.owner_id
union all
select 'account', deal.account_id, count(*)::integer
from {{ ref('stg_deal') }} as deal
left join {{ ref('stg_account') }} as account on account.account_id = deal.account_id
where deal.account_id is not null and account.account_id is null and exists (select 1 from {{ ref('stg_account') }})
group by deal.account_id
union all
select 'product', line.product_id, count(distinct line.deal_id)::integer
from {{ ref('stg_deal_line') }} as line
left join {{ ref('stg_product') }} as product on product.product_id = line.product_id
where product.product_id is null and exists (select 1 from {{ ref('stg_product') }})
group by line.product_id
union all
select 'partner', deal_partner.partner_id, count(distinct deal_partner.deal_id)::integer
from {{ ref('stg_deal_partner') }} as deal_partner
left join {{ ref('stg_partner') }} as partner on partner.partner_id = deal_partner.partner_id
where partner.partner_id is null and exists (select 1 from {{ ref('stg_partner') }})
group by deal_partner.partner_id
