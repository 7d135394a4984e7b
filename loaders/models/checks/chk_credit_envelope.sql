-- The touches of a deal share marketing's part and no more under each of the ten models, and with the partner's and sales'
-- parts never make more than the whole deal; a deal with a part for marketing has touches, and the other way round.
with weight as (

  select
    deal_id,
    greatest(sum(first_touch), sum(last_touch), sum(linear), sum(u_shaped), sum(w_shaped), sum(full_path), sum(position_based), sum(time_decay), sum(markov), sum(shapley)) as most,
    least(sum(first_touch), sum(last_touch), sum(linear), sum(u_shaped), sum(w_shaped), sum(full_path), sum(position_based), sum(time_decay), sum(markov), sum(shapley)) as least
  from {{ ref('touch_credit') }}
  group by deal_id

)

select
  coalesce(credit.deal_id, weight.deal_id) as deal_id,
  credit.marketing_part,
  weight.least,
  weight.most,
  credit.partner_share::double + credit.marketing_share::double * weight.most + credit.sales_share::double as envelope
from {{ ref('deal_credit') }} as credit
full join weight on weight.deal_id = credit.deal_id
where
  credit.deal_id is null
  or (credit.marketing_part = 'none') <> (weight.deal_id is null)
  or weight.most > 1 + 1e-9
  or weight.least < 1 - 1e-9
  or credit.partner_share::double + credit.marketing_share::double * weight.most + credit.sales_share::double > 1 + 1e-9
union all
-- Money: each model shares out what marketing's part of the won deals comes to, no cent more.
select
  credit.model as deal_id,
  'won' as marketing_part,
  sum(credit.won_credit)::double as least,
  any_value(part.won_credit)::double as most,
  null as envelope
from {{ ref('campaign_credit') }} as credit
cross join (select coalesce(sum(marketing_amount), 0) as won_credit from {{ ref('deal_credit') }} where outcome = 'won') as part
group by credit.model
having sum(credit.won_credit) <> any_value(part.won_credit)
