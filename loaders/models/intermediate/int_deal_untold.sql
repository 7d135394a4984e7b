-- The deals ever known that int_deal does not tell of (deleted ones, and those not yet created), or of which it does not know the owner,
-- by what they can be cut by: as the export says.
with run as (

  select * from {{ workspace('run') }}

),

any_partner as (

  select count(*) > 0 as is_known from {{ ref('stg_deal_partner') }}

),

told as (

  select deal_key from {{ ref('int_deal') }} where owner_id is not null

),

untold as (

  select key.deal_key, key.deal_id
  from {{ ref('int_deal_key') }} as key
  left join told on told.deal_key = key.deal_key
  where told.deal_key is null

)

select
  key.deal_key,
  key.deal_id,
  coalesce(stg.deal_name, key.deal_id) as deal_name,
  account.account_name,
  case run.region_from when 'owner' then owner.region else account.region end as region,
  account.segment,
  account.industry,
  product.product_name as product,
  product.family as product_family,
  stg.deal_type,
  stg.lead_source,
  coalesce(campaign.campaign_name, stg.campaign_id) as campaign,
  case when not any_partner.is_known then null when partner.deal_id is null then 'Direct' else 'Partner' end as channel,
  partner.partner_name as partner,
  {{ custom('deal', 'stg') }}
  stg.source_file
from untold as key
cross join run
cross join any_partner
left join {{ ref('stg_deal') }} as stg on stg.deal_id = key.deal_id
left join {{ ref('int_deal_text') }} as text on text.deal_id = key.deal_id
left join {{ ref('int_deal_as_of') }} as as_of on as_of.deal_key = key.deal_key
left join {{ ref('stg_account') }} as account
  on account.account_id = case when text.has_account then text.account_id else stg.account_id end
left join {{ ref('stg_person') }} as owner on owner.person_id = coalesce(as_of.owner_id_at_close, as_of.owner_id, stg.owner_id)
left join {{ ref('stg_campaign') }} as campaign on campaign.campaign_id = stg.campaign_id
left join {{ ref('int_deal_product') }} as product on product.deal_key = key.deal_key
left join {{ ref('int_deal_partner') }} as partner on partner.deal_id = key.deal_id
