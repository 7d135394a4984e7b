-- What every order can be cut by: as its deal is; without a known deal by its customer and its dearest line, and by no channel.
with dearest as (

  select
    line.order_id,
    coalesce(product.product_name, line.product_id) as product,
    product.family,
    row_number() over (partition by line.order_id order by line.amount desc nulls last, line.line_id) as nth
  from {{ ref('stg_order_line') }} as line
  left join {{ ref('stg_product') }} as product on product.product_id = line.product_id

)

select
  ordered.order_id,
  deal.deal_id,
  coalesce(deal.account_name, account.account_name, ordered.account_id) as account_name,
  case when deal.deal_id is not null then deal.region when run.region_from <> 'owner' then account.region end as region,
  coalesce(deal.segment, account.segment) as segment,
  coalesce(deal.product, dearest.product) as product,
  coalesce(deal.product_family, dearest.family) as product_family,
  deal.channel
from {{ ref('int_order') }} as ordered
cross join {{ workspace('run') }} as run
left join {{ ref('int_deal') }} as deal on deal.deal_id = ordered.stated_deal_id
left join {{ ref('stg_account') }} as account on account.account_id = ordered.account_id
left join dearest on dearest.order_id = ordered.order_id and dearest.nth = 1
