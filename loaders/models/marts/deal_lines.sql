-- Every deal by its lines: its amount shared among them, to the cent, by what they say they cost. A deal without lines is
-- one row, so that products add up to all deals.
with lines as (

  select
    line.deal_id,
    line.product_id,
    coalesce(product.product_name, line.product_id) as product,
    product.family,
    product.kind,
    line.quantity,
    line.amount as line_amount,
    -- In the deal's currency, so only the line's own list price will do.
    case when line.list_price > 0 and line.quantity > 0 then line.quantity * line.list_price end as list_amount,
    coalesce(line.amount, line.quantity * coalesce(line.list_price, product.list_price)) as worth,
    row_number() over (partition by line.deal_id order by line.product_id, line.source_file, line.source_record) as line_number
  from {{ ref('stg_deal_line') }} as line
  left join {{ ref('stg_product') }} as product on product.product_id = line.product_id

),

-- Lines that say nothing of their worth, or that together are worth nothing, share alike.
shared as (

  select
    *,
    count(*) over (partition by deal_id) as n_lines,
    case
      when count(worth) over (partition by deal_id) = count(*) over (partition by deal_id)
        and min(worth) over (partition by deal_id) >= 0
        and sum(worth) over (partition by deal_id) > 0
        then sum(worth) over (partition by deal_id order by line_number) / cast(sum(worth) over (partition by deal_id) as double)
      else line_number / cast(count(*) over (partition by deal_id) as double)
    end as share_up_to
  from lines

)

select
  deal.deal_id,
  deal.account_id,
  cast(coalesce(line.line_number, 0) as integer) as line_number,
  line.product_id,
  line.product,
  line.family as product_family,
  line.kind as product_kind,
  line.quantity,
  line.line_amount,
  cast(line.list_amount as decimal(18, 2)) as list_amount,
  -- Cumulated shares are rounded, not each line's own, so that the lines of a deal sum to it.
  cast(
    case
      when line.deal_id is null then deal.amount_base
      when line.line_number = line.n_lines
        then deal.amount_base - cast(floor(deal.amount_base * coalesce(line.share_before, 0) * 100 + 0.5) / 100 as decimal(18, 2))
      else cast(floor(deal.amount_base * line.share_up_to * 100 + 0.5) / 100 as decimal(18, 2))
        - cast(floor(deal.amount_base * coalesce(line.share_before, 0) * 100 + 0.5) / 100 as decimal(18, 2))
    end as decimal(18, 2)
  ) as amount_base
from {{ ref('int_deal') }} as deal
left join (
  select *, lag(share_up_to) over (partition by deal_id order by line_number) as share_before from shared
) as line on line.deal_id = deal.deal_id
