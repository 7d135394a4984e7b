-- The touches of a deal share marketing's part and no more under each of the ten models, and with the partner's and sales'
-- parts never make more than the whole deal; a deal with a part for marketing has touches, and the other way round.
with weight as (

  select 'first_touch' as model, deal_id, sum(first_touch) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'last_touch' as model, deal_id, sum(last_touch) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'linear' as model, deal_id, sum(linear) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'u_shaped' as model, deal_id, sum(u_shaped) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'w_shaped' as model, deal_id, sum(w_shaped) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'full_path' as model, deal_id, sum(full_path) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'position_based' as model, deal_id, sum(position_based) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'time_decay' as model, deal_id, sum(time_decay) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'markov' as model, deal_id, sum(markov) as weight from {{ ref('touch_credit') }} group by deal_id
  union all
  select 'shapley' as model, deal_id, sum(shapley) as weight from {{ ref('touch_credit') }} group by deal_id

)

select
  credit.deal_id,
  weight.model,
  weight.weight,
  credit.partner_share::double + credit.marketing_share::double * weight.weight + credit.sales_share::double as envelope
from {{ ref('deal_credit') }} as credit
inner join weight on weight.deal_id = credit.deal_id
where
  abs(weight.weight - 1) > 1e-9
  or credit.partner_share::double + credit.marketing_share::double * weight.weight + credit.sales_share::double > 1 + 1e-9
union all
select
  credit.deal_id,
  'any' as model,
  null as weight,
  credit.marketing_share::double as envelope
from {{ ref('deal_credit') }} as credit
where
  (credit.marketing_part = 'none') <> (credit.deal_id not in (select deal_id from {{ ref('touch_credit') }}))
