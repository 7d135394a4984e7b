-- The lines of every deal sum to its amount, to the cent, and every deal is there.
with lines as (

  select deal_id, sum(amount_base) as amount_base, count(*) as n_lines from {{ ref('deal_lines') }} group by deal_id

)

select deal.deal_id, deal.amount_base, lines.amount_base as lines_amount, lines.n_lines
from {{ ref('deals') }} as deal
left join lines on lines.deal_id = deal.deal_id
where lines.deal_id is null or lines.amount_base is distinct from deal.amount_base
