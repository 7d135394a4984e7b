-- What each campaign is credited with under each of ten models: whole deals (the part of the touched money) and within the
-- envelope (the part of marketing's share). Rounded only here, so that campaigns add up to the deals within a cent each.
with by_deal as (

  select
    deal_id,
    campaign_id,
    channel,
    sum(first_touch) as first_touch,
    sum(last_touch) as last_touch,
    sum(linear) as linear,
    sum(u_shaped) as u_shaped,
    sum(w_shaped) as w_shaped,
    sum(full_path) as full_path,
    sum(position_based) as position_based,
    sum(time_decay) as time_decay,
    sum(markov) as markov,
    sum(shapley) as shapley
  from {{ ref('touch_credit') }}
  group by deal_id, campaign_id, channel

),

long as (

  select 'first_touch' as model, deal_id, campaign_id, channel, first_touch as weight from by_deal where first_touch > 0
  union all
  select 'last_touch' as model, deal_id, campaign_id, channel, last_touch as weight from by_deal where last_touch > 0
  union all
  select 'linear' as model, deal_id, campaign_id, channel, linear as weight from by_deal where linear > 0
  union all
  select 'u_shaped' as model, deal_id, campaign_id, channel, u_shaped as weight from by_deal where u_shaped > 0
  union all
  select 'w_shaped' as model, deal_id, campaign_id, channel, w_shaped as weight from by_deal where w_shaped > 0
  union all
  select 'full_path' as model, deal_id, campaign_id, channel, full_path as weight from by_deal where full_path > 0
  union all
  select 'position_based' as model, deal_id, campaign_id, channel, position_based as weight from by_deal where position_based > 0
  union all
  select 'time_decay' as model, deal_id, campaign_id, channel, time_decay as weight from by_deal where time_decay > 0
  union all
  select 'markov' as model, deal_id, campaign_id, channel, markov as weight from by_deal where markov > 0
  union all
  select 'shapley' as model, deal_id, campaign_id, channel, shapley as weight from by_deal where shapley > 0

)

select
  long.model,
  coalesce(long.campaign_id, '(none)') as campaign_id,
  long.channel,
  sum(case when credit.outcome = 'won' then long.weight else 0 end) as won_deals,
  sum(case when credit.outcome = 'won' then long.weight * credit.amount::double else 0 end)::decimal(18, 2) as won_amount,
  sum(case when credit.outcome = 'won' then long.weight * credit.marketing_amount::double else 0 end)::decimal(18, 2) as won_credit,
  sum(case when credit.outcome = 'open' then long.weight else 0 end) as open_deals,
  sum(case when credit.outcome = 'open' then long.weight * credit.amount::double else 0 end)::decimal(18, 2) as open_amount
from long
inner join {{ ref('deal_credit') }} as credit on credit.deal_id = long.deal_id
group by long.model, coalesce(long.campaign_id, '(none)'), long.channel
