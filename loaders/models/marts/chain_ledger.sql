-- A likely deal lends its name, but not what it is cut by: an order is cut as on the rest of the page.
select
  chain.entry_id,
  chain.class,
  chain.deal_id,
  deal.deal_name,
  chain.order_ids,
  chain.n_orders,
  case when slice.order_id is null then deal.account_name else slice.account_name end as account_name,
  coalesce(deal.owner_at_close, deal.owner) as owner,
  case when slice.order_id is null then deal.region else slice.region end as region,
  case when slice.order_id is null then deal.segment else slice.segment end as segment,
  case when slice.order_id is null then deal.product_family else slice.product_family end as product_family,
  case when slice.order_id is null then deal.channel else slice.channel end as channel,
  chain.outcome,
  chain.closed_on,
  chain.ordered_on,
  chain.deal_amount,
  chain.order_amount,
  chain.gap_amount,
  chain.is_likely,
  case
    when chain.class = 'no deal named' and chain.is_likely
      then 'deal ' || chain.deal_id || ' of the same customer was won for the same amount shortly before, and has no order'
    when chain.class = 'order likely'
      then 'order ' || chain.order_ids || ' of the same customer is for the same amount, and names no deal'
    when chain.class = 'deal not known' then 'it names ' || slice.stated_deal_id || ', which the CRM''s exports do not have'
    when chain.class in ('deal not won', 'not won, order cancelled') then 'the deal is ' || chain.outcome
    when chain.class = 'amount differs' then 'orders ' || chain.order_ids
    when chain.class = 'order cancelled' then 'orders ' || chain.order_ids
  end as evidence,
  case
    -- A cancelled order of no deal takes nothing from anyone: there is nothing to link.
    when chain.class in ('no deal named', 'deal not known') and not chain.is_standing then null
    when chain.class = 'no deal named' and chain.is_likely then 'write the deal''s id on the order in the ERP'
    when chain.class = 'no deal named' then 'write the deal''s id on the order in the ERP, or create the deal that it came from'
    when chain.class = 'deal not known' then 'correct the deal''s id on the order, or export that deal'
    when chain.class = 'deal not won' then 'close the deal as won in the CRM, or correct the deal''s id on the order'
    when chain.class = 'won, no order' then 'place the order, write the deal''s id on it, or take back the win'
    when chain.class = 'order cancelled' then 'take back the win in the CRM, or place the order anew'
    when chain.class = 'amount differs' then 'correct the amount in the CRM or in the ERP, whichever is not what was signed'
    when chain.class = 'no amount to compare' then 'fill in the amount of the deal, or of its order'
  end as mend
from {{ ref('int_chain') }} as chain
left join {{ ref('int_deal') }} as deal on deal.deal_id = chain.deal_id
left join (
  select slices.*, head.stated_deal_id
  from {{ ref('int_order_slice') }} as slices
  inner join {{ ref('int_order_head') }} as head on head.order_id = slices.order_id
) as slice on 'O ' || slice.order_id = chain.entry_id
