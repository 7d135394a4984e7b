-- The product a deal is counted under: the line with the largest amount, then list value, then name.
with lines as (

  select
    deal_line.deal_id,
    product.product_name,
    product.family,
    deal_line.amount,
    deal_line.quantity * product.list_price as list_amount,
    row_number() over (
      partition by deal_line.deal_id
      order by deal_line.amount desc nulls last, deal_line.quantity * product.list_price desc nulls last, deal_line.product_id
    ) as nth
  from {{ ref('stg_deal_line') }} as deal_line
  left join {{ ref('stg_product') }} as product on product.product_id = deal_line.product_id

),

totals as (

  select
    deal_id,
    count(*) as n_lines,
    cast(sum(list_amount) as decimal(18, 2)) as list_amount
  from lines
  group by deal_id

)

select
  key.deal_key,
  lines.deal_id,
  lines.product_name,
  lines.family,
  totals.n_lines,
  totals.list_amount
from lines
inner join totals on totals.deal_id = lines.deal_id
left join {{ ref('int_deal_key') }} as key on key.deal_id = lines.deal_id
where lines.nth = 1
